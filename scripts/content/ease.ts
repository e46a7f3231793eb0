// How easy a text is to read, by Björnsson's LIX (1968): words in a sentence + long words in a hundred. It needs no syllables, so
// it works for any script. A word is long from a length that depends on the language, chosen so that the same text gives about
// the same figure in all three: Kyrgyz says with endings what English says with separate words.
import type { Language } from '#site/i18n/languages.ts'

export type Ease = { lix: number; words: number; longest: number }

/** Letters from which a word is long. LIX says 7 for Swedish. */
const LONG: Readonly<Record<Language, number>> = { ky: 9, ru: 9, en: 7 }

/** On the scale of LIX: below 30 as for children, 40 to 50 as in a newspaper. */
export const HARD = 40

/** The running text of a page in MDX: no head, no markup, one line for each paragraph, list item or table cell. */
export function proseOf(mdx: string): string {
  return mdx
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/<[A-Za-z][^<>]*title="([^"]+)"[^<>]*>/g, '$1\n')
    .replace(/<\/?[A-Za-z][^<>]*>/g, '\n')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#+|[-*]|\d+\.)\s+/gm, '')
    .replace(/^\|?[-|\s]+\|$/gm, '')
    .replace(/\||\*\*|`/g, '\n')
}

export function easeOf(prose: string, lang: Language): Ease {
  const sentences = prose
    .split(/[.?!…:;]+(?=\s|$)|\n+/)
    .map((sentence) => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [])
    .filter((words) => words.length > 0)
  const words = sentences.flat()
  if (words.length === 0) return { lix: 0, words: 0, longest: 0 }
  const long = words.filter((word) => word.length >= LONG[lang]).length
  return {
    lix: Math.round(words.length / sentences.length + (100 * long) / words.length),
    words: words.length,
    longest: Math.max(...sentences.map((sentence) => sentence.length)),
  }
}
