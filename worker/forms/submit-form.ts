// Seals a submitted form as soon as it arrives. The route fetches the keys before it reads the
// words, so that slow storage never delays the sealing. The words stay only in memory, and only for
// milliseconds.
import { sha256, type Bytes } from '#protocol/bytes'
import {
  KIND,
  readEnvelope,
  reportIdOf,
  type ReportHeader,
  type SealingKeys,
} from '#protocol/report/envelope'
import { HASH_BYTES, ID_BYTES } from '#protocol/limits'
import { makeReceipt, ownerHashOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import type { Deps } from '#worker/deps'
import { withTimeout } from '#worker/with-timeout'
import { databaseBytes } from '#worker/store/database'
import { isMarked } from '#worker/store/overflow/waiting-mark'
import { describeFile, sealFile, storeFile, type ChosenFile } from './seal-file.ts'
import type { Fields } from './form-fields.ts'
import { readDanger, readForm, readText } from './read-form.ts'
import { placeReport, type Placed } from '../reports/place-report.ts'
import { sealForm } from './seal-form.ts'

export interface FormReceipt {
  /** 28 digits that only the person keeps; null when the person wants no receipt */
  receipt: string | null
  /** true when the words are stored but the file is not */
  fileLost: boolean
  danger: boolean
}

/**
 * Seals a report and its file, and stores both.
 *
 * @throws Refusal with a code from readForm or describeFile; `sealing_failed`, `unavailable`
 */
export async function submitForm(
  deps: Deps,
  keys: SealingKeys,
  lang: string,
  fields: Fields,
  chosen: ChosenFile | null,
): Promise<FormReceipt> {
  const { kind, danger, wantsReceipt, ...words } = readForm(fields)
  const file = chosen && (await describeFile(deps, chosen))
  const receipt = wantsReceipt ? makeReceipt() : null
  const own = receipt === null ? null : await receiptKeys(receipt)
  const headerId = deps.random(ID_BYTES)
  const hashes = own ? await hashesOf(own) : noHashes(deps)
  const header: ReportHeader = { headerId, kind, danger, ...hashes }
  const listed = { ...words, ...(file && { files: [file.listed] }) }
  const envelope = await sealForm(deps, keys, header, lang, listed, own)
  const id = await reportIdOf(envelope)
  // The complete file is sealed before the edge stores any part of the file or of the report.
  const chunks = file && (await sealFile(id, file))
  await store(deps, id, envelope, null)
  const fileLost = chunks !== null && !(await storeFile(deps, id, chunks))
  return { receipt, fileLost, danger }
}

/**
 * Seals a follow-up and stores it.
 *
 * @throws Refusal with a code from readText; `malformed`, `sealing_failed`, `unavailable`
 */
export async function writeAgain(
  deps: Deps,
  keys: SealingKeys,
  lang: string,
  own: ReceiptKeys,
  fields: Fields,
): Promise<void> {
  const words = { text: readText(fields) }
  const header: ReportHeader = {
    headerId: deps.random(ID_BYTES),
    kind: KIND.followUp,
    danger: readDanger(fields),
    ...(await hashesOf(own)),
  }
  const envelope = await sealForm(deps, keys, header, lang, words, own)
  await store(deps, await reportIdOf(envelope), envelope, own.write)
}

// Stores an envelope without checking its epoch, because the envelope has just been sealed to the
// current keys.
async function store(
  deps: Deps,
  id: Bytes,
  envelope: Bytes,
  writeToken: Bytes | null,
): Promise<Placed> {
  const [bytes, mayThreadWait] = await Promise.all([
    withTimeout(() => databaseBytes(deps.db)),
    writeToken !== null && withTimeout(() => isMarked(deps.bucket)),
  ])
  return placeReport(deps, {
    id,
    header: readEnvelope(envelope),
    arrival: { envelope, sealedBy: 'worker', proof: null, writeToken },
    grade: 0,
    databaseBytes: bytes,
    mayThreadWait: mayThreadWait === true,
  })
}

const hashesOf = async (own: ReceiptKeys) => ({
  ownerHash: await ownerHashOf(own.lookup),
  writeHash: await sha256(own.write),
})

const noHashes = ({ random }: Deps) => ({
  ownerHash: random(HASH_BYTES),
  writeHash: random(HASH_BYTES),
})
