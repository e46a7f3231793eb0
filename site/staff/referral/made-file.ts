// Makes the file that leaves and reads it back. A colleague who signs sees only what was read back.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { makePaper, readPaper } from './letter-html.ts'
import { drawDigits, makeLetterPage, openLetterPage } from './page/make-page.ts'
import { type Letter } from './pieces.ts'
import type { ReferralWords } from './words.ts'

export const LEAVING_WAYS = ['page', 'paper'] as const
export type LeavingWay = (typeof LEAVING_WAYS)[number]

/** A file as it leaves. */
export interface MadeFile {
  way: LeavingWay
  bytes: Bytes
  /** 24 digits; null for paper */
  digits: string | null
}

/** @param opener  the bundled page/opener.ts, which a page carries */
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
 * Reads the letter out of the bytes that leave.
 *
 * @throws Refusal `cannot_open` for bytes that the app would not have made
 */
export async function readFile({ way, bytes, digits }: MadeFile): Promise<Letter> {
  const letter =
    way === 'paper' ? readPaper(bytes) : digits && (await openLetterPage(bytes, digits))
  if (!letter) throw new Refusal('cannot_open')
  return letter
}
