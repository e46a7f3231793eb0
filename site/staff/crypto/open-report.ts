// Opens a sealed report. Every fault has one code, `cannot_open`. The words come out as a string,
// and the page shows them as text only.
import * as z from 'zod/mini'
import { concat, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { contentHashOf, contentOf, readContent } from '#protocol/report/letter-content'
import {
  commitmentTo,
  readEnvelope,
  reportIdOf,
  wrapInfo,
  type Envelope,
} from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES, SUITE } from '#protocol/limits'
import { unpadText } from '#protocol/crypto/padding'
import { CONSENTS, type PlainReport } from '#protocol/report/plain-report'
import { decodeB64 } from './decode-b64.ts'
import { filesOf, type ListedFile } from './listed-file.ts'
import { hpkeOpen } from './hpke-open.ts'
import { type EpochKeys } from './intake-key.ts'
import { minuteOf } from '#protocol/time'

/** 32 bytes in base64url */
const KEY = /^[\w-]{43}$/
/** The most codes, and the most characters of a code, that the app keeps. */
const [MAX_CODES, CODE_CHARS] = [20, 60]

/** Drops a field with unknown values, because such a field must not hide the report. */
const words = z.catch(z.optional(z.string()), undefined)
const codes = z.catch(z.array(z.unknown()), [])
const Report = z.object({
  v: z.literal(1),
  suite: z.catch(z.optional(z.number()), undefined),
  lang: z.string(),
  at: z.string(),
  text: z.string(),
  place: words,
  by: words,
  test: z.catch(z.optional(z.literal(true)), undefined),
  consent: z.catch(z.optional(z.enum(CONSENTS)), undefined),
  signs: codes,
  needs: codes,
  contact: z.catch(
    z.optional(
      z.object({ how: words, when: words, avoid: words, name: words, word: words, lang: words }),
    ),
    undefined,
  ),
  files: z.optional(z.unknown()),
  down: words,
  up: words,
  owner: words,
})

/** A report as it was read. Codes of a later version of the page are kept as they came. */
export interface ReadReport extends Omit<PlainReport, 'suite' | 'signs' | 'needs' | 'files'> {
  signs: string[]
  needs: string[]
  files: ListedFile[]
}

export interface OpenReport {
  /** `at` is empty when it was no minute of a real day */
  report: ReadReport
  header: Pick<
    Envelope,
    'headerId' | 'commitment' | 'kind' | 'danger' | 'ownerHash' | 'writeHash' | 'epoch' | 'suite'
  >
  /** false when the sealed words name another suite than the header */
  isSuiteTrue: boolean
  /** id of the report, base64url */
  id: string
  /** the JSON as it was sealed, because the reporter's mac covers each letter of it */
  json: string
  /** content key, 32 bytes */
  cek: Bytes
}

/**
 * Opens a report that no case has yet. The id depends on every byte of the envelope.
 *
 * @param intake    the keys of the epochs that a person holds
 * @param envelope  base64url, as the server keeps it
 * @throws Refusal `cannot_open`
 */
export async function openReport(
  intake: ReadonlyMap<number, EpochKeys>,
  envelope: string,
): Promise<OpenReport> {
  try {
    const bytes = decodeB64(envelope)
    const sealed = readEnvelope(bytes)
    const keys = intake.get(sealed.epoch)
    if (!keys) throw new Refusal('cannot_open')
    const cek = await openWrap(sealed, keys)
    return await openContent(bytes, toB64(await reportIdOf(bytes)), cek)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

/**
 * Opens a letter that was taken into a case. Nobody can compute the id any more, because the wrap
 * is cut. The log names the content hash.
 *
 * @param id      the id that the server gives the letter, base64url
 * @param stored  base64url
 * @param cek     from the case
 * @throws Refusal `cannot_open`
 */
export async function openTaken(id: string, stored: string, cek: Bytes): Promise<OpenReport> {
  try {
    return await openContent(decodeB64(stored), id, cek)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

async function openContent(stored: Bytes, id: string, cek: Bytes): Promise<OpenReport> {
  const sealed = readContent(contentOf(stored))
  if (!sameBytes(await commitmentTo(cek), sealed.commitment)) throw new Refusal('cannot_open')
  const json = await openBody(sealed, cek)
  const report = Report.parse(JSON.parse(json))
  const isSuiteTrue = (report.suite ?? SUITE) === sealed.suite
  return { report: usable(report, id), header: sealed, isSuiteTrue, id, json, cek }
}

/**
 * Hashes header ‖ body of a stored letter, as the log of a case names it: SHA-256 in base64url.
 *
 * @param stored  base64url, with or without its wrap
 * @throws Error or Refusal for bytes that are no letter
 */
export const contentHash = async (stored: string): Promise<string> =>
  toB64(await contentHashOf(decodeB64(stored)))

async function openWrap(sealed: Envelope, keys: EpochKeys): Promise<Bytes> {
  const { wrap } = sealed
  const aad = await sha256(sealed.headerBytes, sealed.body)
  const info = wrapInfo(sealed.epoch, wrap.keyId)
  const cek = await hpkeOpen(keys[sealed.suite], info, aad, concat(wrap.enc, wrap.sealedCek))
  if (cek.length !== CEK_BYTES) throw new Refusal('cannot_open')
  return cek
}

async function openBody(sealed: Omit<Envelope, 'wrap'>, cek: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const padded = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: sealed.headerBytes },
    key,
    sealed.body,
  )
  return unpadText(new Uint8Array(padded))
}

/**
 * Drops malformed fields: an impossible time, a return key that cannot seal, and a code that is no
 * text.
 */
function usable(read: z.infer<typeof Report>, id: string): ReadReport {
  const { v, lang, text, place, by, test, consent } = read
  const { down, up, owner, at, signs, needs, files, contact } = read
  return {
    ...withoutUndefined({ v, lang, text, place, by, test, consent }),
    at: sealedMinute(at),
    signs: codesIn(signs),
    needs: codesIn(needs),
    files: filesOf(id, files),
    ...(contact && { contact: withoutUndefined(contact) }),
    ...keysIn({ down, up, owner }),
  }
}

/** Drops a key of the receipt that is no base64url of 32 bytes. */
const keysIn = (read: Record<'down' | 'up' | 'owner', string | undefined>) =>
  Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && KEY.test(value)),
  ) as Pick<PlainReport, 'down' | 'up' | 'owner'>

const codesIn = (listed: unknown[]): string[] =>
  listed
    .filter((code) => typeof code === 'string')
    .slice(0, MAX_CODES)
    .map((code) => code.slice(0, CODE_CHARS))

/** Guarantee: a field whose value is undefined is absent in the object. */
const withoutUndefined = <T extends object>(read: T) =>
  Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]: Exclude<T[Field], undefined>
  }

const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/

/**
 * Reads the minute that is sealed with a message. The writer's device may have set anything.
 * @returns `at` when `at` is a minute of a real day in the protocol's form, else an empty text
 */
export const sealedMinute = (at: string): string => (MINUTE.test(at) && isReal(at) ? at : '')

// A 30th of February is read as a day of March, or not at all.
function isReal(at: string): boolean {
  const ms = Date.parse(at)
  return !Number.isNaN(ms) && minuteOf(ms) === at
}
