// Makes the file that leaves and reads it back. A colleague who signs sees only the content that
// was read back.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { LeavingWay } from '#protocol/staff/case-log/referral-fields'
import { makePaper, readPaper } from './letter-html.ts'
import { drawDigits, makeLetterPage, openLetterPage } from './page/make-page.ts'
import { type Letter } from './pieces.ts'
import type { ReferralWords } from './words.ts'

export { LEAVING_WAYS, type LeavingWay } from '#protocol/staff/case-log/referral-fields'

/** A file as it leaves. */
export interface MadeFile {
  way: LeavingWay
  bytes: Bytes
  /** 24 digits; null for paper */
  digits: string | null
}

/** @param opener  the bundled page/opener.ts, which the page contains */
export async function makeFile(
  way: LeavingWay,
  letter: Letter,
  words: readonly ReferralWords[],
  opener: string,
): Promise<MadeFile> {
  if (way === 'paper') return { way, bytes: makePaper(letter), digits: null }
  const digits = drawDigits()
  return { way, bytes: await makeLetterPage(letter, digits, words, opener), digits }
}

/**
 * Reads the letter from the bytes that leave. A page must also match, byte for byte, a second page
 * made from the same letter, words and opener.
 *
 * @throws Refusal `cannot_open` for bytes that this version of the app would not have made
 */
export async function readFile(
  { way, bytes, digits }: MadeFile,
  words: readonly ReferralWords[],
  opener: string,
): Promise<Letter> {
  const letter =
    way === 'paper'
      ? readPaper(bytes)
      : digits && (await openLetterPage(bytes, digits, words, opener))
  if (!letter) throw new Refusal('cannot_open')
  return letter
}
