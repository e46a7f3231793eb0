// Seals a plain form on arrival. The keys were fetched before the words were read: between reading and sealing nothing waits
// for storage, so the words are in memory for milliseconds and nowhere else.
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import {
  KIND,
  readEnvelope,
  sealEnvelope,
  type OpenPart,
  type SealingKeys,
} from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { HASH_BYTES } from '#protocol/limits'
import { makeReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { minuteOf, type PlainReport } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { inTime } from '#worker/in-time'
import { databaseBytes } from '#worker/store/database'
import { describeFile, sealFile, storeFile, type ChosenFile } from './plain-file.ts'
import { readDanger, readPlainForm, readText, type Fields, type PlainWords } from './plain-form.ts'
import { storeReport, type TakenIn } from './submit.ts'

export interface Taken {
  /** 28 digits, which nobody but the person has from then on, or null when none is wanted */
  receipt: string | null
  /** the words are stored, the file is not */
  fileLost: boolean
}

/** @throws Refusal the codes of readPlainForm and describeFile; `sealing_failed`, `unavailable` */
export async function submitPlainForm(
  deps: Deps,
  keys: SealingKeys,
  lang: string,
  fields: Fields,
  chosen: ChosenFile | null,
): Promise<Taken> {
  const { kind, danger, wantsReceipt, ...words } = readPlainForm(fields)
  const file = chosen && (await describeFile(deps, chosen))
  const receipt = wantsReceipt ? makeReceipt() : null
  const own = receipt === null ? null : await receiptKeys(receipt)
  const open: OpenPart = { kind, danger, ...(own ? await hashesOf(own) : noHashes(deps)) }
  const listed = { ...words, ...(file && { files: [file.listed] }) }
  const envelope = await seal(deps, keys, open, lang, listed, own)
  const { id } = readEnvelope(envelope)
  // All of the file is sealed before any of it, or of the report, meets the storage.
  const chunks = file && (await sealFile(id, file))
  await store(deps, envelope, null)
  return { receipt, fileLost: chunks !== null && !(await storeFile(deps, id, chunks)) }
}

/** Adds to a thread. Throws Refusal the codes of readText; `malformed`, `sealing_failed`, `unavailable`. */
export async function writeAgain(
  deps: Deps,
  keys: SealingKeys,
  lang: string,
  own: ReceiptKeys,
  fields: Fields,
): Promise<void> {
  const words = { text: readText(fields) }
  const open: OpenPart = {
    kind: KIND.followUp,
    danger: readDanger(fields),
    ...(await hashesOf(own)),
  }
  const envelope = await seal(deps, keys, open, lang, words, own)
  await store(deps, envelope, own.write)
}

// Sealed a moment ago to the keys that stand: no need to look them up again.
async function store(deps: Deps, envelope: Bytes, writeToken: Bytes | null): Promise<TakenIn> {
  const arrival = { envelope, sealedBy: 'worker', proof: null, writeToken } as const
  const size = await inTime(() => databaseBytes(deps.db))
  return storeReport(deps, readEnvelope(envelope), arrival, size)
}

const hashesOf = async (own: ReceiptKeys) => ({
  lookupHash: await sha256(own.lookup),
  writeHash: await sha256(own.write),
})

const noHashes = ({ random }: Deps) => ({
  lookupHash: random(HASH_BYTES),
  writeHash: random(HASH_BYTES),
})

async function seal(
  deps: Deps,
  keys: SealingKeys,
  open: OpenPart,
  lang: string,
  words: PlainWords & Pick<PlainReport, 'files'>,
  own: ReceiptKeys | null,
) {
  const plainReport: PlainReport = {
    v: 1,
    lang,
    at: minuteOf(deps.now()),
    ...words,
    ...(own && { down: toB64(own.down), up: toB64(own.up) }),
  }
  try {
    return await sealEnvelope(keys, open, JSON.stringify(plainReport))
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    // The cause may quote words: it goes no further.
    throw new Refusal('sealing_failed')
  }
}
