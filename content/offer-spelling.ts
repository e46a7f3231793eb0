// Tables for the different spellings of a word. People misspell words and write Cyrillic words in
// Latin letters. The page therefore reads each word of a text in two spellings. Stems in the
// patterns are folded too.

/** A regular expression, and its replacement text. The page replaces each match. */
export type Replacement = readonly [from: string, to: string]

const pairs = (letters: string, others: string): Replacement[] =>
  [...letters].map((letter, at) => [letter, others.charAt(at)])

/**
 * People type ө, ү, ң as о, у, н, and ё, й as е, и. Three equal letters become one. "Dont" becomes
 * `t`, because the apostrophe splits "don't" into `don` and `t`.
 */
export const FOLDS: readonly Replacement[] = [
  ...pairs('ёөүңй', 'еоуни'),
  ['(\\D)\\1\\1+', '$1'],
  ['^(?:do|does|did|is|are|wo|ca|have|should|must|need)nt$', 't'],
]

/** Latin letters and digits that look like Cyrillic letters, for a word with a Cyrillic letter. */
export const LOOKS: readonly Replacement[] = pairs('aceopxykmthb034', 'асеорхукмтнвозч')

/**
 * Latin spellings of Cyrillic letters, for a word without a Cyrillic letter. A number other than
 * zero becomes `№`.
 */
export const SOUNDS: readonly Replacement[] = [
  ['^[1-9]\\d*$', '№'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ya', 'я'],
  ['yu', 'ю'],
  ...pairs('abvgdejziklmnoprstufyqhxw', 'абвгдежзиклмнопрстуфыкххв'),
]

/** Replaces each match of each expression in a text, in order. */
export const rewrite = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((all, [from, to]) => all.replace(new RegExp(from, 'g'), to), text)

export const foldWord = (word: string): string => rewrite(word.toLowerCase(), FOLDS)

/** Returns a regular expression for every spelling of a stem: `тыс` also finds `tys`. */
export const everySpelling = (stem: string): string =>
  [...foldWord(stem)]
    .map((letter) => {
      const others = [...FOLDS, ...LOOKS, ...SOUNDS].filter(([, to]) => to === letter)
      const [single, double] = [1, 2].map((length) =>
        [...new Set(others.map(([from]) => from).filter((from) => from.length === length))].join(
          '',
        ),
      )
      return double ? `(?:[${letter}${single}]|${double})` : `[${letter}${single}]`
    })
    .join('')
