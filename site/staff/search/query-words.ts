// Reads the words of a search, and the spellings of each word that count as a hit. A number also
// matches without its country code. A word also matches as a stem, without Kyrgyz or Russian
// endings.
import { fold } from './fold.ts'
import { soughtOf, type Sought } from './trigrams.ts'

/** The beginning of a word without its endings, which matches the beginning of a word in a case. */
export interface Stem {
  letters: string
  /** a space and the letters */
  begin: Sought
  /** the word with its endings */
  word: string
}

/** A search word, folded. */
export interface QueryWord {
  /**
   * any of these may occur anywhere, even inside a word; a single letter has a space on each side
   */
  anywhere: readonly Sought[]
  /** null for a number, and for a word without endings */
  stem: Stem | null
}

/** A shorter stem would match the beginning of too many words. */
const LEAST_STEM = 3
/** The minimum length of a stem before a Kyrgyz case ending, as in "Ошто". */
const LEAST_NAME = 2
/** Maximum number of endings in a row. */
const MOST_ENDINGS = 2
/** A prefix is dropped only from a number with more digits than this. */
const LEAST_DIGITS = 4

// The vowels of a Kyrgyz ending follow the vowels of the word, so most endings have several forms.
const KYRGYZ_CASES = 'nin nun din dun tin tun dan den don tan ten ton nan nen non'
  .concat(' da de do ta te to nda nde ndo ga ge go ka ke ko na ne no ni nu di du ti tu')
  .split(' ')
const KYRGYZ_OTHERS = 'lar ler lor dar der dor tar ter tor ibiz ubuz iniz unuz im um in un si su'
  .concat(' dagi degi dogi tagi tegi togi lik luk lu li')
  .split(' ')
const RUSSIAN = 'iami ami ogo ego omu emu imi iah ah iam am ov ev oi ei ii om em ih aia oe ie iu ia'
  .concat(' ok ek ka ki ku et ut iut iat it ait la lo a e i o u')
  .split(' ')
const ENDINGS = [...KYRGYZ_CASES, ...KYRGYZ_OTHERS, ...RUSSIAN].sort((a, b) => b.length - a.length)

/** Removes the longest ending that leaves at least `least` letters; returns null if none does. */
function without(word: string, endings: readonly string[], least: number): string | null {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= least)
  return ending === undefined ? null : word.slice(0, -ending.length)
}

/** Cuts off up to two endings. @param word  folded */
function stemOf(word: string): string | null {
  let stem = word
  for (let cut = 0; cut < MOST_ENDINGS; cut++) stem = without(stem, ENDINGS, LEAST_STEM) ?? stem
  // The last letter of a Kyrgyz stem changes before a vowel: китеп, китеби.
  if (stem !== word && stem.length > LEAST_STEM && /[bgv]$/.test(stem)) stem = stem.slice(0, -1)
  if (stem !== word) return stem
  return without(word, KYRGYZ_CASES, LEAST_NAME)
}

function readStem(word: string): Stem | null {
  const letters = stemOf(word)
  return letters === null ? null : { letters, begin: soughtOf(` ${letters}`), word }
}

/** Returns the digits as they are, and without a country code or trunk prefix. */
function spellingsOf(digits: string): readonly string[] {
  const bare = [/^00/, /^996/, /^0/, /^[78](?=\d{10}$)/].reduce(
    (left, prefix) => (left.length > LEAST_DIGITS ? left.replace(prefix, '') : left),
    digits,
  )
  return bare === digits ? [digits] : [digits, bare]
}

/** Matches a word whose Latin letters all look Cyrillic, typed with the wrong keyboard layout. */
const ALL_ALIKE = /^[aceopxykmhtbi]{2,}$/i

function wordsOf(text: string): QueryWord[] {
  return fold(text)
    .trim()
    .split(' ')
    .filter((word) => word !== '')
    .map((word) =>
      /^\d+$/.test(word)
        ? { anywhere: spellingsOf(word).map(soughtOf), stem: null }
        : { anywhere: [soughtOf(word.length > 1 ? word : ` ${word} `)], stem: readStem(word) },
    )
}

/**
 * Reads a search. Drops single letters beside longer words; alone they count as whole words.
 * Returns null for a text without words.
 */
export function readQuery(text: string): readonly QueryWord[] | null {
  const words = text.split(/\s+/).some((each) => ALL_ALIKE.test(each)) ? alike(text) : wordsOf(text)
  const long = words.filter(({ anywhere: [word] }) => (word?.text ?? '').trim().length > 1)
  const used = long.length > 0 ? long : words
  return used.length > 0 ? used : null
}

/** Reads words in both scripts when their Latin letters may stand for Cyrillic ones. */
const alike = (text: string): QueryWord[] =>
  text.split(/\s+/).flatMap((each) => {
    const [word] = wordsOf(each)
    if (!word || !ALL_ALIKE.test(each)) return wordsOf(each)
    // A Cyrillic letter beside each Latin letter makes fold treat the Latin letter as a look-alike.
    const seen = Array.from(each, (letter) => `ъ${letter}`).join('')
    return [{ anywhere: [...word.anywhere, soughtOf(fold(seen).trim())], stem: null }]
  })
