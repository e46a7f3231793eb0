// Cuts a sealed envelope into pieces that somebody else can carry, and joins the pieces again. A
// carried letter is sent as text in a messaging app, as a file, or as QR codes. Pieces contain only
// letters and digits, because messengers change other characters. QR codes that contain only
// letters and digits are also smaller. The pieces may arrive in any order, with any words between
// them.
import { concat, sha256, type Bytes } from '../bytes.ts'
import { fromCrockford, toCrockford } from '../crypto/crockford.ts'
import { Refusal } from '../errors.ts'
import { ENVELOPE_SIZES } from '../limits.ts'

/** The pieces of one carried letter that were found in a text. */
export interface CarriedLetter {
  /** 8 characters that identify the letter: the first 5 bytes of SHA-256(envelope) */
  id: string
  /** one string for each position; '' where the piece is missing */
  pieces: string[]
}

/**
 * Returns two check characters, which reveal whether a messaging app truncated or changed a piece.
 * The check is the sum of the character codes, each multiplied by its position from 1, modulo 1021.
 */
function checkOf(characters: string): string {
  let sum = 0
  for (let at = 0; at < characters.length; at++) sum += (at + 1) * characters.charCodeAt(at)
  const check = sum % 1021
  return toCrockford(new Uint8Array([0, 0, 0, check >> 8, check & 255])).slice(-2)
}

const idOf = async (envelope: Bytes): Promise<string> =>
  toCrockford((await sha256(envelope)).slice(0, 5))

/**
 * Cuts an envelope into pieces `Q/<id>/<number>/<how many>/<characters>/<check>/`. The characters
 * are Crockford's base 32; the pieces are numbered from 1.
 *
 * @param room  maximum number of characters that a piece may carry, not counting its frame
 */
export async function cutEnvelope(envelope: Bytes, room: number): Promise<string[]> {
  const id = await idOf(envelope)
  // Adds zeros up to a multiple of five bytes. The lengths of envelopes are known, so envelopeOf
  // drops the zeros.
  const characters = toCrockford(concat(envelope, new Uint8Array((5 - (envelope.length % 5)) % 5)))
  return writtenPieces({
    id,
    pieces: characters.match(new RegExp('.{1,' + String(room) + '}', 'g')) || [],
  })
}

/**
 * Writes the pieces as text. A missing piece is written with only its id and numbers, so that the
 * gap is noticed.
 */
const writtenPieces = ({ id, pieces }: CarriedLetter): string[] =>
  pieces.map((piece, at) =>
    ['Q', id, at + 1, pieces.length, ...(piece ? [piece, checkOf(piece)] : []), ''].join('/'),
  )

/**
 * Spaces and line breaks of any kind, and the characters that messengers use for quotations and
 * bold text.
 */
const NOISE = /[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff*_~`>|]/g

/** Far more pieces than anybody sends in one message. The limit bounds the work for one text. */
const MAX_PIECES = 400
const HEAD = /(?=Q\/\w{8}\/\d{1,2}\/\d{1,2}\/)/

export interface ReadCarried {
  /** every letter for which the text contains at least the head of a piece */
  letters: CarriedLetter[]
  /** the text beyond the limit, for the next call; nearly always '' */
  unread: string
}

/**
 * Finds the letters in a text, with any words around and between the pieces. A piece that was cut
 * or changed counts as missing. Never throws.
 */
export function readCarriedLetters(text: string): ReadCarried {
  const letters: CarriedLetter[] = []
  const parts = text.replace(NOISE, '').toUpperCase().split(HEAD)
  // Reads one extra part, because the first part may be only the words before the first head.
  for (const part of parts.slice(0, MAX_PIECES + 1)) {
    const match = /^Q\/(\w{8})\/(\d+)\/(\d+)\/(?:(\w+)\/(\w\w)\/)?/.exec(part)
    if (!match) continue
    const [id = '', at = '', of = '', piece = '', check] = match.slice(1)
    if (!+at || +at > +of) continue
    let letter = letters.filter((each) => each.id === id && each.pieces.length === +of)[0]
    if (!letter) letters.push((letter = { id, pieces: new Array<string>(+of).fill('') }))
    if (piece && checkOf(piece) === check) letter.pieces[+at - 1] = piece
  }
  return { letters, unread: parts.slice(MAX_PIECES + 1).join('\n') }
}

/** Lists the numbers of the missing pieces, from 1. */
export const missingOf = ({ pieces }: CarriedLetter): number[] =>
  pieces.map((piece, at) => (piece ? 0 : at + 1)).filter(Boolean)

/**
 * Joins the pieces of a letter into its envelope.
 *
 * @returns the bytes that cutEnvelope received
 * @throws Refusal `letter_incomplete` when a piece is missing
 * @throws Refusal `letter_unreadable` when the joined pieces do not match the id
 */
export async function envelopeOf(letter: CarriedLetter): Promise<Bytes> {
  if (missingOf(letter).length) throw new Refusal('letter_incomplete')
  const characters = letter.pieces.join('')
  const read = fromCrockford(characters, characters.length)
  const bytes = 'typo' in read ? new Uint8Array(0) : read.bytes
  const size = ENVELOPE_SIZES.filter((each) => each <= bytes.length).pop() || 0
  const envelope = bytes.slice(0, size)
  if (!size || (await idOf(envelope)) !== letter.id) throw new Refusal('letter_unreadable')
  return envelope
}

/** The letters of a text, grouped by outcome. */
export interface CarriedOutcome {
  arrived: number
  /** complete letters to send later */
  waiting: CarriedLetter[]
  incomplete: CarriedLetter[]
  refused: CarriedLetter[]
  unread: string
}

/** The counts that a page shows, in this order. */
export type Count = 'arrived' | 'waiting' | 'incomplete' | 'refused'

/** Counts the letters of each outcome. An unread part counts as one waiting letter. */
export const countsOf = (on: CarriedOutcome): Record<Count, number> => ({
  arrived: on.arrived,
  waiting: on.waiting.length + +!!on.unread,
  incomplete: on.incomplete.length,
  refused: on.refused.length,
})

/**
 * Returns the text of every letter that has not arrived. Waiting letters come first, so that
 * incomplete letters cannot block them forever.
 */
export const remainingText = ({ waiting, incomplete, refused, unread }: CarriedOutcome): string =>
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
 * Sends each complete letter separately, so that a refused letter does not stop the others.
 *
 * @param most  maximum number of letters to try; the others wait
 * @param send  returns true when the letter arrived, and false when no letter can be sent now.
 *   Throws Refusal when the edge refuses the letter
 * @returns the outcome, and the first refusal
 * @throws any error of `send` that is not a Refusal
 */
export async function sendCarriedLetters(
  { letters, unread }: ReadCarried,
  most: number,
  send: (letter: CarriedLetter) => Promise<boolean>,
): Promise<{ on: CarriedOutcome; refusal: Refusal | null }> {
  const on: CarriedOutcome = { arrived: 0, waiting: [], incomplete: [], refused: [], unread }
  let refusal: Refusal | null = null
  let remaining = most
  for (const letter of letters) {
    if (missingOf(letter).length) on.incomplete.push(letter)
    else if (remaining-- <= 0) on.waiting.push(letter)
    else
      try {
        if (await send(letter)) on.arrived++
        else {
          on.waiting.push(letter)
          remaining = 0
        }
      } catch (failure) {
        if (!(failure instanceof Refusal)) throw failure
        refusal = refusal || failure
        on.refused.push(letter)
      }
  }
  return { on, refusal }
}
