// A sealed letter on its way by hand: as text in a messenger, in a file, or as codes to photograph. It is cut into pieces of letters
// and digits only, since messengers eat or change every other sign, and since such codes are smaller. Any order, any words between.
import { concat, sha256, type Bytes } from './bytes.ts'
import { fromCrockford, toCrockford } from './crockford.ts'
import { Refusal } from './errors.ts'
import { ENVELOPE_SIZES } from './limits.ts'

/** A letter as far as whole pieces of it have been found. */
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
  return writtenPieces({
    id,
    pieces: letters.match(new RegExp('.{1,' + String(room) + '}', 'g')) || [],
  })
}

/** The pieces of a letter as text; of one that is missing only its beginning, so that it is known to be missing. */
const writtenPieces = ({ id, pieces }: HandedLetter): string[] =>
  pieces.map((piece, at) =>
    ['Q', id, at + 1, pieces.length, ...(piece ? [piece, checkOf(piece)] : []), ''].join('/'),
  )

/** Spaces and line ends of any kind, and the signs with which messengers mark quotes and thick letters. */
const NOISE = /[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff*_~`>|]/g

/** Far more than anybody passes on at once; a text made to cost work is read no further. */
const MOST_PIECES = 400
const HEAD = /(?=Q\/\w{8}\/\d{1,2}\/\d{1,2}\/)/

export interface Handed {
  /** every letter of which there is at least the beginning of a piece */
  letters: HandedLetter[]
  /** what was not read, to be read another time; '' nearly always */
  unread: string
}

/** What a text holds, whatever stands around and between the pieces. A piece that was cut or changed counts as missing. */
export function readHanded(text: string): Handed {
  const letters: HandedLetter[] = []
  const parts = text.replace(NOISE, '').toUpperCase().split(HEAD)
  // Before the first head there may be other words.
  for (const part of parts.slice(0, MOST_PIECES + 1)) {
    const match = /^Q\/(\w{8})\/(\d+)\/(\d+)\/(?:(\w+)\/(\w\w)\/)?/.exec(part)
    if (!match) continue
    const [id = '', at = '', of = '', piece = '', check] = match.slice(1)
    if (!+at || +at > +of) continue
    let letter = letters.filter((each) => each.id === id && each.pieces.length === +of)[0]
    if (!letter) letters.push((letter = { id, pieces: new Array<string>(+of).fill('') }))
    if (piece && checkOf(piece) === check) letter.pieces[+at - 1] = piece
  }
  return { letters, unread: parts.slice(MOST_PIECES + 1).join('\n') }
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

/** What became of the letters of a text. */
export interface HandedOn {
  arrived: number
  /** whole, and to be sent another time */
  waiting: HandedLetter[]
  incomplete: HandedLetter[]
  refused: HandedLetter[]
  unread: string
}

/** What a person is told, in this order. */
export type Count = 'arrived' | 'waiting' | 'incomplete' | 'refused'

/** How many letters of each kind; of those that were not read there is at least one. */
export const countsOf = (on: HandedOn): Record<Count, number> => ({
  arrived: on.arrived,
  waiting: on.waiting.length + +!!on.unread,
  incomplete: on.incomplete.length,
  refused: on.refused.length,
})

/** All that has not arrived, as text. What waits stands first: else letters that never become whole could keep it waiting. */
export const leftOf = ({ waiting, incomplete, refused, unread }: HandedOn): string =>
  [
    ...waiting.map(writtenPieces),
    [unread],
    ...incomplete.map(writtenPieces),
    ...refused.map(writtenPieces),
  ]
    .map((pieces) => pieces.join('\n'))
    .filter(Boolean)
    .join('\n\n')

/**
 * Sends each whole letter by itself: one that is refused stops no other.
 *
 * @param most  how many are tried; the others wait
 * @param send  true: the letter has arrived; false: neither this one nor the next can be sent now. Throws Refusal when it is refused
 * @returns what became of them, and the first refusal
 */
export async function handOn(
  { letters, unread }: Handed,
  most: number,
  send: (letter: HandedLetter) => Promise<boolean>,
): Promise<{ on: HandedOn; refusal: Refusal | null }> {
  const on: HandedOn = { arrived: 0, waiting: [], incomplete: [], refused: [], unread }
  let refusal: Refusal | null = null
  let left = most
  for (const letter of letters) {
    if (missingOf(letter).length) on.incomplete.push(letter)
    else if (left-- <= 0) on.waiting.push(letter)
    else
      try {
        if (await send(letter)) on.arrived++
        else {
          on.waiting.push(letter)
          left = 0
        }
      } catch (failure) {
        if (!(failure instanceof Refusal)) throw failure
        refusal = refusal || failure
        on.refused.push(letter)
      }
  }
  return { on, refusal }
}
