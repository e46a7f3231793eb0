// Measures how easy a text is to read, by Björnsson's LIX (1968).
// LIX is the number of words in a sentence plus the number of long words in a hundred.
// LIX needs no syllables, so it works for any script.
// Each language has its own length of a long word, so that a text has similar figures in all
// languages. Kyrgyz uses endings where English uses separate words.
import { LONG_WORD, type Language } from '#content/languages.ts'

export interface Ease {
  lix: number
  words: number
  longest: number
}

/** On the scale of LIX a text for children is below 30, and a newspaper is 40 to 50. */
export const HARD = 40

/**
 * Returns the running text of an MDX page, without head and markup.
 * Each paragraph, list item and table cell is one line.
 */
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
  const long = words.filter((word) => word.length >= LONG_WORD[lang]).length
  return {
    lix: Math.round(words.length / sentences.length + (100 * long) / words.length),
    words: words.length,
    longest: Math.max(...sentences.map((sentence) => sentence.length)),
  }
}
