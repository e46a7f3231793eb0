// Takes in letters that came by hand: pasted, as text, by somebody without JavaScript who passes them on.
import { Refusal } from '#protocol/errors'
import { envelopeOf, handOn, readHanded, type HandedOn } from '#protocol/hand-over'
import type { Deps } from '#worker/deps'
import { submitReport } from './submit.ts'

/** More would let one request cost as much as many; the others are given back, to be sent by the next press. */
const MAX_LETTERS = 2

/**
 * Stores whole letters of a text, each once, however often it is pasted. They come without a proof of work.
 *
 * @throws Refusal of a text with one letter or none: `letter_unreadable`, `letter_incomplete`; the codes of submitReport
 */
export async function submitHandedLetters(deps: Deps, text: string): Promise<HandedOn> {
  const handed = readHanded(text)
  if (!handed.letters.length) throw new Refusal('letter_unreadable')
  let outage: Refusal | null = null
  const { on, refusal } = await handOn(handed, MAX_LETTERS, async (letter) => {
    try {
      const envelope = await envelopeOf(letter)
      await submitReport(deps, { envelope, sealedBy: 'device', proof: null, writeToken: null })
      return true
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'unavailable') throw error
      outage = new Refusal('unavailable', { cause: error })
      return false
    }
  })
  if (!on.arrived && handed.letters.length === 1)
    throw outage ?? refusal ?? new Refusal('letter_incomplete')
  return on
}
