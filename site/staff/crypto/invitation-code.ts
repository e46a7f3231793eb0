// Writes and reads an invitation as lines that one person reads out and another person types. The
// lines contain only the parts of the link, in Crockford's base 32. The check bytes of a line
// detect typos and lines in the wrong order; they are not a security measure.
import { concat, fromB64, sameBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { fromCrockford, groupCrockford, toCrockford } from '#protocol/crypto/crockford'
import { HASH_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { type OpenInvitation } from '#protocol/staff/people/people'

export const CODE_LINES = 5
const LINE_BYTES = 13
const CHECK_BYTES = 2
const CHARACTERS = 24

const checkOf = async (n: number, line: Bytes): Promise<Bytes> =>
  (await sha256(utf8(`oasis/v1/invitation-code/${n}`), line)).slice(0, CHECK_BYTES)

/** Returns five lines of six groups: `7K2M 9XQ4 …`. The last byte is zero padding. */
export async function writeInvitationCode({ token, row }: OpenInvitation): Promise<string[]> {
  const bytes = concat(fromB64(token), fromB64(row), new Uint8Array(1))
  return Promise.all(
    Array.from({ length: CODE_LINES }, async (_, n) => {
      const line = bytes.slice(n * LINE_BYTES, (n + 1) * LINE_BYTES)
      return groupCrockford(toCrockford(concat(line, await checkOf(n, line))))
    }),
  )
}

export type ReadLine = { line: Bytes } | { typo: 'length' | 'letter' | 'check' }

/** Reads a typed line as fromCrockford does, or names the typo. @param n  from 0 */
export async function readCodeLine(n: number, typed: string): Promise<ReadLine> {
  const read = fromCrockford(typed, CHARACTERS)
  if ('typo' in read) return read
  const line = read.bytes.slice(0, LINE_BYTES)
  const isRight = sameBytes(await checkOf(n, line), read.bytes.slice(LINE_BYTES))
  return isRight ? { line } : { typo: 'check' }
}

/** Puts the lines together again. @param lines  all lines, in order */
export function joinCodeLines(lines: readonly Bytes[]): OpenInvitation {
  const bytes = concat(...lines)
  const row = bytes.slice(TOKEN_BYTES, TOKEN_BYTES + HASH_BYTES)
  return { token: toB64(bytes.slice(0, TOKEN_BYTES)), row: toB64(row) }
}
