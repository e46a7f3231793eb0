// A sealed letter on its way by hand: as text in a messenger, in a file, or as codes to photograph. It is cut into pieces of letters
// and digits only, since messengers eat or change every other sign, and since such codes are smaller. Any order, any words between.
import { concat, sha256, type Bytes } from './bytes.ts'
import { fromCrockford, toCrockford } from './crockford.ts'
import { Refusal } from './errors.ts'
import { ENVELOPE_SIZES } from './limits.ts'

/** A letter as far as its pieces have been found. */
export interface HandedLetter {
  /** 8 characters: the beginning of SHA-256(envelope), so that pieces of two letters do not mix */
  id: string
  /** one for each place; '' where a piece is missing */
  pieces: string[]
}

/** Two characters that tell a piece that was cut or changed on the way: a sum of its letters, each times its place, mod 1021. */
function checkOf(letters: string): string {
  let sum = 0
  for (let at = 0; at < letters.length; at++) sum += (at + 1) * letters.charCodeAt(at)
  const rest = sum % 1021
  return toCrockford(new Uint8Array([0, 0, 0, rest >> 8, rest & 255])).slice(-2)
}

const idOf = async (envelope: Bytes): Promise<string> =>
  toCrockford((await sha256(envelope)).slice(0, 5))

/**
 * Cuts an envelope into pieces `Q/<id>/<number>/<how many>/<letters>/<check>/`, with the letters of Crockford's base 32.
 *
 * @param room  how many letters a piece may carry
 */
export async function cutEnvelope(envelope: Bytes, room: number): Promise<string[]> {
  const id = await idOf(envelope)
  // Zeros up to a multiple of five bytes; the length of an envelope is one of three, so that nothing has to say it.
  const letters = toCrockford(concat(envelope, new Uint8Array((5 - (envelope.length % 5)) % 5)))
  const pieces = letters.match(new RegExp('.{1,' + String(room) + '}', 'g')) || []
  return pieces.map((piece, at) =>
    ['Q', id, at + 1, pieces.length, piece, checkOf(piece), ''].join('/'),
  )
}

/** Spaces and line ends of any kind, and the signs with which messengers mark quotes and thick letters. */
const NOISE = /[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff*_~`>|]/g

/** Nobody passes on more at once; a text made to cost work is read no further. */
const MOST_LETTERS = 8
const MOST_PIECES = 400

/** The letters, at most MOST_LETTERS, of which `text` holds a whole piece, whatever stands around and between the pieces. */
export function lettersIn(text: string): HandedLetter[] {
  const found: HandedLetter[] = []
  const form = /Q\/(\w{8})\/(\d{1,2})\/(\d{1,2})\/(\w+)\/(\w\w)\//g
  const clean = text.replace(NOISE, '').toUpperCase()
  for (let left = MOST_PIECES; left > 0; left--) {
    const match = form.exec(clean)
    if (!match) break
    const [id, at, of, letters, check] = match.slice(1) as [string, string, string, string, string]
    if (checkOf(letters) !== check || !+at || +at > +of) continue
    let letter = found.filter((each) => each.id === id && each.pieces.length === +of)[0]
    if (!letter && found.length === MOST_LETTERS) break
    if (!letter) found.push((letter = { id, pieces: new Array<string>(+of).fill('') }))
    letter.pieces[+at - 1] = letters
  }
  return found
}

/** The numbers of the pieces that are not there, from 1 on. */
export const missingOf = ({ pieces }: HandedLetter): number[] =>
  pieces.map((piece, at) => (piece ? 0 : at + 1)).filter(Boolean)

/**
 * The envelope of a letter, exactly as it was cut.
 *
 * @throws Refusal `letter_incomplete` when a piece is missing, `letter_unreadable` when the pieces do not give what was cut
 */
export async function envelopeOf(letter: HandedLetter): Promise<Bytes> {
  if (missingOf(letter).length) throw new Refusal('letter_incomplete')
  const letters = letter.pieces.join('')
  const read = fromCrockford(letters, letters.length)
  const bytes = 'slip' in read ? new Uint8Array(0) : read.bytes
  const size = ENVELOPE_SIZES.filter((each) => each <= bytes.length).pop() || 0
  const envelope = bytes.slice(0, size)
  if (!size || (await idOf(envelope)) !== letter.id) throw new Refusal('letter_unreadable')
  return envelope
}
