// Reads the text of an offer as words. A sum with its currency is one word.
import { type Money, sumAt } from './read-sum.ts'
import { formsOf } from './spell-word.ts'

export interface Word {
  from: number
  to: number
  /** Position in the text, in words. The end of a sentence puts the next word out of reach. */
  at: number
  sentence: number
  /** The number of commas before the word. */
  commas: number
  /** The spellings that the writer may have meant. A sum has the forms of content/README.md. */
  forms: readonly string[]
  /** True when only spaces stand between the word before and this word. */
  isJoined: boolean
}

/** The words that may stand between two groups of a pattern. */
export const REACH = 6
const SENTENCE_END = /[.!?…;\n]/

/** Returns the words of a text in their order. */
export function wordsOf(text: string, money: Money): Word[] {
  const letters = /[0-9A-Za-z\u0400-\u04ff]+|[$€£₽₸₩]/g
  const words: Word[] = []
  let end = 0
  let at = 0
  let sentence = 0
  let commas = 0
  for (let match = letters.exec(text); match; match = letters.exec(text)) {
    const from = match.index
    const gap = text.slice(end, from)
    const isNext = SENTENCE_END.test(gap)
    at += isNext ? REACH + 1 : 1
    if (isNext) sentence += 1
    if (/[,–—]/.test(gap)) commas += 1
    const sum = sumAt(text.slice(from, from + 80), money)
    end = from + (sum?.length ?? match[0].length)
    letters.lastIndex = end
    const forms = sum?.forms ?? formsOf(match[0])
    words.push({ from, to: end, at, sentence, commas, forms, isJoined: /^[\s«»"“”]*$/.test(gap) })
  }
  return words
}
