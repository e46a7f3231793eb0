// Measures how easy a text is to read, by Björnsson's LIX (1968). LIX is the number of words per
// sentence plus the number of long words per hundred words. LIX does not count syllables, so it
// works for any script. Each language has its own threshold for a long word, so that a text has
// similar scores in all languages. Kyrgyz words are longer, because Kyrgyz uses endings where
// English uses separate words.
import { languages, LONG_WORD, type WholeLanguage } from '#content/languages.ts'
import type { PageText } from '#scripts/content/read-file'
import { stringFiles } from '#scripts/content/texts'

export interface Ease {
  lix: number
  words: number
  longest: number
}

/** On the LIX scale, a children's text scores below 30, and a newspaper scores 40 to 50. */
export const HARD = 40

/**
 * Returns the running text of an MDX page, without frontmatter and markup. Each paragraph, list
 * item and table cell is one line.
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

export function easeOf(prose: string, lang: WholeLanguage): Ease {
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

/** Lists the scores of each page and each file of strings, by language. */
export function easeLines(folder: string, pages: readonly PageText[]): string[] {
  const texts = [
    ...pages.map(({ lang, page, source }) => ({ lang, name: page, prose: proseOf(source) })),
    ...stringFiles(folder)
      .filter(({ file }) => !['staff.json', 'errors.json', 'editor.json'].includes(file))
      .map(({ lang, file, texts }) => ({ lang, name: file, prose: texts.join('\n') })),
  ]
  const names = [...new Set(texts.map(({ name }) => name))]
  return names.map((name) => {
    const columns = languages.map((lang) => {
      const text = texts.find((each) => each.lang === lang && each.name === name)
      const { lix, longest } = easeOf(text?.prose ?? '', lang)
      const figures = `${String(lix).padStart(2)} (${String(longest).padStart(2)})`
      return `${lang} ${figures}${lix > HARD ? ' hard' : ''}`
    })
    return `${name.padEnd(16)} ${columns.join('  ')}`
  })
}
