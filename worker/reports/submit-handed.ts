// Takes in letters that came by hand: pasted, as text, by somebody without JavaScript who passes them on.
import { Refusal } from '#protocol/errors'
import { envelopeOf, lettersIn, missingOf } from '#protocol/hand-over'
import type { Deps } from '#worker/deps'
import { submitReport } from './submit.ts'

/** One paste is one person's letter or two; more would let one request cost as much as many. */
const MAX_LETTERS = 2

/**
 * Stores every whole letter of a text once, however often it is pasted. They come without a proof of work.
 *
 * @throws Refusal `letter_unreadable` when there is none, `letter_incomplete` when no letter is whole; the codes of submitReport
 */
export async function submitHandedLetters(deps: Deps, text: string): Promise<void> {
  const letters = lettersIn(text)
  const whole = letters.filter((letter) => missingOf(letter).length === 0).slice(0, MAX_LETTERS)
  if (!whole.length) throw new Refusal(letters.length ? 'letter_incomplete' : 'letter_unreadable')
  for (const letter of whole) {
    const envelope = await envelopeOf(letter)
    await submitReport(deps, { envelope, sealedBy: 'device', proof: null, writeToken: null })
  }
}
