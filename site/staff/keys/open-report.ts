// Opens a sealed report. Whatever is wrong with it, the reason is one: `cannot_open`. The words come out as a string and go to
// the page as text only.
import * as z from 'zod/mini'
import { concat, fromB64, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { commitmentTo, keyIdOf, readEnvelope, wrapInfo, type Envelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES } from '#protocol/limits'
import { unpadText } from '#protocol/padding'
import { CONSENTS, type PlainReport } from '#protocol/report'
import { filesOf, type ListedFile } from '../files/listed-file.ts'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'
import { sealedMinute } from './sealed-minute.ts'

/** 32 bytes in base64url */
const KEY = /^[\w-]{43}$/
/** More codes than any list of ours has, and longer ones, say nothing. */
const [MAX_CODES, CODE_CHARS] = [20, 60]

/** What a field of other words than ours cannot say it does not say: it must not hide the report. */
const words = z.catch(z.optional(z.string()), undefined)
const codes = z.catch(z.array(z.unknown()), [])
const Report = z.object({
  v: z.literal(1),
  lang: z.string(),
  at: z.string(),
  text: z.string(),
  place: words,
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
})

/** A report as it was read. Codes that a later version of the page may know are kept as they came. */
export interface ReadReport extends Omit<PlainReport, 'signs' | 'needs' | 'files'> {
  signs: string[]
  needs: string[]
  files: ListedFile[]
}

export interface OpenReport {
  /** `at` is empty when it was no minute of a real day */
  report: ReadReport
  header: Pick<Envelope, 'id' | 'kind' | 'danger' | 'lookupHash' | 'epoch'>
  /** content key, 32 bytes: the case file's key comes from it */
  cek: Bytes
}

/**
 * @param intake    the intake keys a person holds, by epoch
 * @param envelope  base64url, as the server keeps it
 * @throws Refusal `cannot_open`
 */
export async function openReport(
  intake: ReadonlyMap<number, OpeningKey>,
  envelope: string,
): Promise<OpenReport> {
  try {
    const sealed = readEnvelope(fromB64(envelope))
    const key = intake.get(sealed.epoch)
    if (!key) throw new Refusal('cannot_open')
    const cek = await openWrap(sealed, key)
    if (!sameBytes(await commitmentTo(cek), sealed.commitment)) throw new Refusal('cannot_open')
    const report = Report.parse(JSON.parse(await openBody(sealed, cek)))
    return { report: usable(report, toB64(sealed.id)), header: sealed, cek }
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

async function openWrap(sealed: Envelope, key: OpeningKey): Promise<Bytes> {
  const keyId = await keyIdOf(key.publicBytes)
  const [wrap] = sealed.wraps
  if (!sameBytes(wrap.keyId, keyId)) throw new Refusal('cannot_open')
  const aad = await sha256(sealed.headerBytes, sealed.body)
  const info = wrapInfo(sealed.epoch, keyId)
  const cek = await hpkeOpen(key, info, aad, concat(wrap.enc, wrap.sealedCek))
  if (cek.length !== CEK_BYTES) throw new Refusal('cannot_open')
  return cek
}

async function openBody(sealed: Envelope, cek: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const padded = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: sealed.headerBytes },
    key,
    sealed.body,
  )
  return unpadText(new Uint8Array(padded))
}

/** Without what other people's devices wrote wrongly: a time that is none, a return key that cannot seal, a code that is no text. */
function usable(read: z.infer<typeof Report>, id: string): ReadReport {
  const { down, at, signs, needs, files, contact, ...rest } = read
  return {
    ...withoutUndefined(rest),
    at: sealedMinute(at),
    signs: codesIn(signs),
    needs: codesIn(needs),
    files: filesOf(id, files),
    ...(contact && { contact: withoutUndefined(contact) }),
    ...(down !== undefined && KEY.test(down) && { down }),
  }
}

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
