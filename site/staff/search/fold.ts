// Folds words, so that a search finds them in every spelling. Letter case, ё, ң, ө, ү, marks,
// double letters and the script make no difference. Separators between the digits of a number are
// removed.
import { textOfCodes } from './codes-to-text.ts'
import {
  foldOther,
  isBetweenLetters,
  isCyrillic,
  isDigit,
  isLatin,
  nextDigit,
} from './fold-character.ts'
import { DROPPED, LOOK_ALIKE, OTHER, PAIR, PAIRS, SPACE, TABLE, TABLE_SIZE } from './fold-table.ts'

/** A folded text, with the position of each of its characters in the original text. */
export interface FoldedText {
  folded: string
  places: Uint32Array
}

const codeOf = (character: string): number => character.charCodeAt(0)

const [H, J, K, S, W, C, Z, D, E, Y] = [
  ...[codeOf('h'), codeOf('j'), codeOf('k'), codeOf('s'), codeOf('w')],
  ...[codeOf('c'), codeOf('z'), codeOf('d'), codeOf('e'), codeOf('y')],
] as const
const JOINED_WITH_H = new Map([
  [Z, J],
  [K, H],
  [S, W],
  [C, C],
  [W, W],
])
const HYPHEN = codeOf('-')
/** The initial length of the buffers, in characters. */
const ROOM = 8192

// All calls share one pair of buffers, because folding runs for each text of each case.
let codes = new Uint16Array(ROOM)
let origins = new Uint32Array(ROOM)
let length = 0
/** The position in the buffers at which the text that is being folded begins. */
let start = 0
let isAscii = true
// The end of the last word with Latin letters, and whether that word also has Cyrillic letters.
let mixedUntil = 0
let isWordMixed = false

/** Appends a folded letter. Two letters for one sound become one letter. */
function append(code: number, origin: number): void {
  const last = length > start ? (codes[length - 1] ?? 0) : 0
  if (code === last && !isDigit(code)) return
  // The letters "shch" represent one sound, and so do the letters "дж".
  if (code === C && last === W) return
  if (code === J && last === D) length -= 1
  codes[length] = code
  origins[length] = origin
  length += 1
}

/** Appends a character that is not changed. */
function appendOther(code: number, origin: number): void {
  isAscii &&= code < 0x80
  append(code, origin)
}

/** Joins a Latin h with the Latin letter before it: zh, kh, sh and ch each represent one sound. */
function joinH(before: number, origin: number): void {
  const last = length > start ? (codes[length - 1] ?? 0) : 0
  const joined = isLatin(before) ? JOINED_WITH_H.get(last) : undefined
  if (joined === undefined) append(H, origin)
  else {
    length -= 1
    append(joined, origins[length] ?? origin)
  }
}

/** Returns true when the word around a Latin letter also has Cyrillic letters. */
function isMixed(text: string, at: number): boolean {
  if (at < mixedUntil) return isWordMixed
  const isLetter = (code: number): boolean => isLatin(code) || isCyrillic(code)
  let [from, to] = [at, at]
  while (isLetter(text.charCodeAt(from - 1))) from -= 1
  while (isLetter(text.charCodeAt(to))) to += 1
  isWordMixed = false
  for (let each = from; each < to; each++) isWordMixed ||= isCyrillic(text.charCodeAt(each))
  mixedUntil = to
  return isWordMixed
}

/** Returns the folded code of a Latin letter; Cyrillic neighbours make it a look-alike. */
function foldLatin(text: string, at: number, code: number): number {
  const after = text.charCodeAt(at + 1)
  const alike = LOOK_ALIKE[code] ?? 0
  if (alike !== 0 && isMixed(text, at)) return alike
  const [lower, next] = [code | 32, after | 32]
  if (lower === C && next === H) return C
  if (lower === Y && next === E) return DROPPED
  return TABLE[code] ?? OTHER
}

/** Makes room for a text. A character becomes at most two letters, between two spaces. */
function makeRoom(characters: number): void {
  const needed = length + 2 * characters + 2
  if (needed <= codes.length) return
  const [formerCodes, formerOrigins] = [codes, origins]
  codes = new Uint16Array(2 * needed)
  origins = new Uint32Array(2 * needed)
  codes.set(formerCodes)
  origins.set(formerOrigins)
}

/** Appends a folded text to the buffers. */
function run(text: string): void {
  makeRoom(text.length)
  start = length
  mixedUntil = 0
  append(SPACE, 0)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // Most letters are Cyrillic, and fold to one letter.
    const letter = isCyrillic(code) ? (TABLE[code] ?? OTHER) : OTHER
    if (letter > SPACE) {
      append(letter, at)
      continue
    }
    const folded = isLatin(code)
      ? foldLatin(text, at, code)
      : code < TABLE_SIZE
        ? (TABLE[code] ?? OTHER)
        : foldOther(text, at)
    if (folded === DROPPED || (code === HYPHEN && isBetweenLetters(text, at))) continue
    if (folded === PAIR) for (const each of PAIRS.get(code) ?? []) append(each, at)
    else if (folded === OTHER) appendOther(code, at)
    else if (folded === H && isLatin(code)) joinH(text.charCodeAt(at - 1), at)
    else if (folded !== SPACE) append(folded, at)
    else if (isDigit(codes[length - 1] ?? 0)) {
      const next = nextDigit(text, at)
      if (next < 0) append(SPACE, at)
      else at = next - 1
    } else append(SPACE, at)
  }
  append(SPACE, text.length)
}

const asText = (): string => textOfCodes(codes, length, isAscii)

/** Folds texts into the empty buffers, one after another. @returns the end of each text */
function runAll(texts: readonly string[]): number[] {
  length = 0
  isAscii = true
  return texts.map((text) => {
    run(text)
    return length
  })
}

/** Returns the folded words with one space before, between and after them. */
export function fold(text: string): string {
  runAll([text])
  return asText()
}

/** Folds texts into one string. Each folded text begins and ends with a space. */
export function foldAll(texts: readonly string[]): { folded: string; ends: readonly number[] } {
  const ends = runAll(texts)
  return { folded: asText(), ends }
}

/** Folds as `fold` does, and maps each folded character to the original character. */
export function foldWithPlaces(text: string): FoldedText {
  runAll([text])
  return { folded: asText(), places: origins.slice(0, length) }
}
