// Looks for tell-tale words in the text of an offer. It finds words, not meaning: the page says so.
export type Hints = readonly (readonly [flag: string, stems: readonly string[]])[]

// People type ө, ү, ң as о, у, н, and ё as е; line breaks and spaces vary.
const LETTERS: Readonly<Record<string, string>> = { ё: 'е', ө: 'о', ү: 'у', ң: 'н' }

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[ёөүң]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/\s+/g, ' ')

/** The flags whose words stand in the text, each once, in the order of the list. */
export function hintsIn(text: string, hints: Hints): string[] {
  const offer = plain(text)
  return hints
    .filter(([, stems]) => stems.some((stem) => offer.indexOf(plain(stem)) >= 0))
    .map(([flag]) => flag)
}
