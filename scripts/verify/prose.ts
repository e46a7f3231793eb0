// Checks that sentences in comments have at most 20 words and do not begin with a clause or a
// pronoun.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'
import { commentParagraphs } from '#scripts/verify/comments'

const MAX_WORDS = 20
const CODE = /\.(?:ts|tsx|mjs|astro|css)$/

/** Words that begin a clause, or that refer to a noun in another sentence. */
const BAD_BEGINNINGS = [
  /^(?:[Ww]hat|[Hh]ow|[Ww]here|[Ww]ho|[Ww]hy)\b/,
  /^(?:There|It|Its|They|Their|Them|Those|None|Ones?)\b(?!-)/,
  /^(?:This|These|That) (?:is|are|was|were|has|have|can|must|may|does|do)\b/,
]
const BAD_WORDS = /\b(?:whoever|whatever|another one|of ours|those (?:that|who))\b/i

const SENTENCE_END = /(?<=[.?!]["”)]?) /
/** A dot after one of these words does not end a sentence. */
const SHORT_FORM = /\b(?:Art|No|vs|[ei]\.[eg])\.$/

export function proseFaults(folder: string): string[] {
  return filesUnder(folder)
    .filter((path) => CODE.test(path))
    .flatMap((path) =>
      commentParagraphs(path, readFileSync(join(folder, path), 'utf8')).flatMap(({ line, lines }) =>
        sentencesOf(lines.join(' ')).flatMap((sentence) =>
          faultsOf(sentence).map((fault) => `${path}:${line} ${fault}: ${sentence}`),
        ),
      ),
    )
}

function faultsOf(sentence: string): string[] {
  const words = countWords(sentence)
  const begin = BAD_BEGINNINGS.map((pattern) => pattern.exec(sentence)?.[0]).find(Boolean)
  const bad = BAD_WORDS.exec(sentence)?.[0]
  return [
    ...(words > MAX_WORDS ? [`has a sentence of ${words} words`] : []),
    ...(begin === undefined ? [] : [`begins a sentence with "${begin}"`]),
    ...(bad === undefined ? [] : [`says "${bad}"`]),
  ]
}

function sentencesOf(text: string): string[] {
  return text.split(SENTENCE_END).reduce<string[]>((sentences, part) => {
    const last = sentences.at(-1)
    return last !== undefined && SHORT_FORM.test(last)
      ? [...sentences.slice(0, -1), `${last} ${part}`]
      : [...sentences, part]
  }, [])
}

/**
 * Counts words. Code between backticks is one word; a token without a letter or digit is not a
 * word.
 */
const countWords = (sentence: string): number =>
  sentence
    .replace(/`[^`]*`/g, 'code')
    .split(/\s+/)
    .filter((word) => /[\p{L}\d]/u.test(word)).length
