// Finds the button labels that a help sentence quotes by their keys, as in
// `Press “{staff.own.remove}”`. So renaming a button also changes the help step.

/** The files, other than staff.json, that contain labels quoted in the help. */
export const QUOTED_FILES = ['staff-case', 'staff-figures', 'staff-referral', 'staff-help'] as const

/** A piece of a sentence: words, or the key of a label. */
export type SentencePiece = { words: string } | { key: string }

const QUOTED = /\{([\w-]+(?:\.\w+)+)\}/

export const piecesOf = (sentence: string): SentencePiece[] =>
  sentence.split(QUOTED).map((piece, n) => (n % 2 === 0 ? { words: piece } : { key: piece }))

/**
 * Shown in place of a value that only the screen knows, such as the name in "Sign and end access:
 * …".
 */
const UNKNOWN_VALUE = '…'

/** The values of the placeholders in labels that the help quotes. */
export const LABEL_VALUES = {
  ...{ name: UNKNOWN_VALUE, names: UNKNOWN_VALUE },
  ...{ n: UNKNOWN_VALUE, days: UNKNOWN_VALUE, year: UNKNOWN_VALUE },
  ...{ kind: UNKNOWN_VALUE, way: UNKNOWN_VALUE },
}
