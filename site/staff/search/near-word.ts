// Finds a word in a case that differs from a search word by one typing error. The error is a wrong
// letter, an extra or missing letter, or two letters in the wrong order. The word in the case may
// continue with an ending.
import { type QueryWord } from './query-words.ts'
import { mayHave, soughtOf, type Sought, type Trigrams } from './trigrams.ts'

/** A shorter word with one error resembles too many other words. */
const LEAST_LETTERS = 5
/** Maximum number of positions in a case that are compared with a word. */
const NEAR_LOOKS = 20

/** A part of the folded words of a case. */
interface Place {
  at: number
  length: number
}

/** A search word that may match with one typing error, and its two halves. */
export interface NearWord {
  word: string
  halves: readonly Sought[]
}

const canBeNear = (word: string): boolean => word.length >= LEAST_LETTERS && !/\d/.test(word)

/** Lists the forms of a word that may match despite one error: with endings, then without them. */
export const nearWordsOf = ({ anywhere: [whole], stem }: QueryWord): NearWord[] =>
  [whole?.text ?? '', stem?.letters ?? ''].filter(canBeNear).map((word) => {
    const middle = word.length >> 1
    return { word, halves: [word.slice(0, middle), word.slice(middle)].map(soughtOf) }
  })

/** @param folded  words that `fold` has folded, each after a space */
export function findNear(
  folded: string,
  trigrams: Trigrams,
  { word, halves }: NearWord,
): Place | null {
  // A single error leaves one half of the word unchanged.
  for (const half of halves) {
    if (!mayHave(trigrams, half)) continue
    let found = folded.indexOf(half.text)
    for (let look = 0; found >= 0 && look < NEAR_LOOKS; look++) {
      const at = folded.lastIndexOf(' ', found) + 1
      const length = nearLength(folded, at, word)
      if (length > 0) return { at, length }
      found = folded.indexOf(half.text, found + 1)
    }
  }
  return null
}

/** Returns how many letters at a position match the word with one error; 0 if there is no match. */
function nearLength(folded: string, at: number, word: string): number {
  let same = 0
  while (same < word.length && folded[at + same] === word[same]) same += 1
  const rest = (skippedInWord: number, skippedInCase: number): number => {
    const tail = word.slice(same + skippedInWord)
    const from = at + same + skippedInCase
    if (folded.slice(at + same, from).includes(' ')) return 0
    return folded.startsWith(tail, from) ? from + tail.length - at : 0
  }
  const isSwapped = folded[at + same] === word[same + 1] && folded[at + same + 1] === word[same]
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (isSwapped ? rest(2, 2) : 0)
}
