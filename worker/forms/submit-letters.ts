// Stores carried letters that a person without JavaScript pastes as text on behalf of somebody
// else.
import { Refusal } from '#protocol/errors'
import {
  envelopeOf,
  sendCarriedLetters,
  readCarriedLetters,
  type CarriedOutcome,
} from '#protocol/report/carried-letter'
import type { Deps } from '#worker/deps'
import { submitReport } from '../reports/submit.ts'

/**
 * Maximum number of letters that one request may store, so that the cost of a request is bounded.
 * The page shows the remaining letters again for the next request.
 */
const MAX_LETTERS = 2

/**
 * Stores the complete letters that a text contains. The edge stores a letter only once, however
 * often it is pasted. These letters have no proof of work.
 *
 * @throws Refusal for a text with at most one letter: `letter_unreadable`, `letter_incomplete`, or
 *   a code from submitReport
 */
export async function submitLetters(deps: Deps, text: string): Promise<CarriedOutcome> {
  const read = readCarriedLetters(text)
  if (!read.letters.length) throw new Refusal('letter_unreadable')
  const outages: Refusal[] = []
  const { on, refusal } = await sendCarriedLetters(read, MAX_LETTERS, async (letter) => {
    try {
      const envelope = await envelopeOf(letter)
      await submitReport(deps, { envelope, sealedBy: 'device', proof: null, writeToken: null })
      return true
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'unavailable') throw error
      outages.push(new Refusal('unavailable', { cause: error }))
      return false
    }
  })
  if (!on.arrived && read.letters.length === 1)
    throw outages[0] ?? refusal ?? new Refusal('letter_incomplete')
  return on
}
