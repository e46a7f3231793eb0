// Spells a word as its stems are spelled. People misspell words and write Cyrillic in Latin letters,
// so that a word has several forms.

// People type ө, ү, ң as о, у, н, and ё, й as е, и.
const PLAIN: Readonly<Record<string, string>> = { ё: 'е', ө: 'о', ү: 'у', ң: 'н', й: 'и' }
// Latin letters and digits that look like Cyrillic ones, and Cyrillic words in Latin letters.
const LOOK = ['aceopxykmthb034', 'асеорхукмтнвозч'] as const
const SOUND = ['abvgdejziklmnoprstufyqhxw', 'абвгдежзиклмнопрстуфыкххв'] as const
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/sh/g, 'ш'],
  [/ch/g, 'ч'],
  [/zh/g, 'ж'],
  [/kh/g, 'х'],
  [/ya/g, 'я'],
  [/yu/g, 'ю'],
]

const swap = (word: string, [letters, others]: readonly [string, string]): string =>
  word.replace(/./g, (letter) => others[letters.indexOf(letter)] ?? letter)

const fold = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[ёөүңй]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/(.)\1\1+/g, '$1')

/** Returns the spellings that the writer may have meant. A number also has the form `№`. */
export function formsOf(written: string): string[] {
  if (/^\d+$/.test(written)) return [written, '№']
  const word = fold(written)
  if (/[а-я]/.test(word)) return [swap(word, LOOK)]
  return [
    word,
    swap(
      SOUNDS.reduce((all, [sound, letter]) => all.replace(sound, letter), word),
      SOUND,
    ),
  ]
}

/** A written stem: `ватсап` begins the word, `тг$` is the whole word. */
export interface Stem {
  plain: string
  isWhole: boolean
}

/** The stems that were read before: every search uses the same ones. */
const stems = new Map<string, Stem>()

export function stemOf(written: string): Stem {
  const isWhole = /.\$$/.test(written)
  const stem = stems.get(written) ?? {
    plain: fold(isWhole ? written.slice(0, -1) : written),
    isWhole,
  }
  stems.set(written, stem)
  return stem
}

export const isStemOf = ({ plain, isWhole }: Stem, form: string): boolean =>
  isWhole ? form === plain : form.lastIndexOf(plain, 0) === 0
