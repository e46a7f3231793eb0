// Proves that the holder of the return number wrote a follow-up, and numbers the follow-ups within
// one visit. The server does not have `up`, so it can neither add nor change a follow-up. Staff who
// have opened the report have `up` and could forge a follow-up.
import {
  concat,
  readU32,
  sameBytes,
  sha256,
  toB64,
  fromB64,
  u32,
  utf8,
  type Bytes,
} from '../bytes.ts'
import { hmacSha256 } from '../crypto/hkdf.ts'
import { HASH_BYTES, VISIT_BYTES } from '../limits.ts'
import type { EnvelopeHeader } from './envelope.ts'

/** The parts of a header that a MAC covers. */
type Named = Pick<EnvelopeHeader, 'headerId' | 'commitment'>

/** The position of a follow-up in a visit. A visit begins when a person opens the thread. */
export interface VisitPlace {
  /** 8 random bytes */
  visit: Bytes
  /** number of follow-ups that the edge has already accepted in this visit */
  n: number
}

/** Computes HMAC-SHA256 under `up`: label ‖ header id ‖ commitment ‖ visit ‖ n ‖ SHA-256(JSON). */
const macOf = async (
  up: Bytes,
  { headerId, commitment }: Named,
  { visit, n }: VisitPlace,
  reportJson: string,
): Promise<Bytes> =>
  hmacSha256(
    up,
    concat(
      utf8('oasis/v1/up'),
      headerId,
      commitment,
      visit,
      u32(n),
      await sha256(utf8(reportJson)),
    ),
  )

/**
 * Adds the MAC to the JSON of a follow-up.
 *
 * @param up          32 bytes, of the receipt
 * @param reportJson  the JSON object without the `mac` field; not empty
 * @returns the same JSON with `mac` as its last field: base64url of visit (8) ‖ n (4) ‖ MAC (32)
 */
export const addReporterMac = async (
  up: Bytes,
  header: Named,
  place: VisitPlace,
  reportJson: string,
): Promise<string> =>
  reportJson.slice(0, -1) +
  ',"mac":"' +
  toB64(concat(place.visit, u32(place.n), await macOf(up, header, place, reportJson))) +
  '"}'

/**
 * Checks the MAC of a follow-up.
 *
 * @param up    32 bytes, from the report that owns the receipt
 * @param json  the JSON of the opened follow-up
 * @returns the position in the visit, or null when the MAC is missing or wrong
 */
export async function readReporterMac(
  up: Bytes,
  header: Named,
  json: string,
): Promise<VisitPlace | null> {
  const [, reportJson, mac] = /^(.*),"mac":"([\w-]{59})"}$/.exec(json) ?? []
  if (reportJson === undefined || mac === undefined) return null
  const bytes = fromB64(mac)
  const place = { visit: bytes.slice(0, VISIT_BYTES), n: readU32(bytes, VISIT_BYTES) }
  const own = await macOf(up, header, place, reportJson + '}')
  return sameBytes(own, bytes.slice(-HASH_BYTES)) ? place : null
}
