// Plans how the writer of an invented report wants to be reached, in the words of the real form.
import { languages } from '#content/languages.ts'
import type { SafeContact } from '#protocol/report/plain-report'
import type { Story } from '#scripts/demo/tell-story'
import { PARTS } from '#scripts/demo/parts'
import { wordsIn } from '#scripts/browser/words'
import { happens, type Chance } from '#scripts/shared/seeded-random'

const wordsByLanguage = Object.fromEntries(languages.map((lang) => [lang, wordsIn(lang)]))

const TIMES = ['morning', 'day', 'evening', 'night']
const IF_ANOTHER_ANSWERS = ['nothing', 'pharmacy', 'ask']

/**
 * Invents a phone number or a handle that belongs to nobody. Some addresses recur, because a few
 * people write several times.
 */
function addressBy(chance: Chance): string {
  const writer = chance.below(400)
  return chance.one([`+996 000 7${10_000 + writer}`, `@okurman_${writer}_demo`])
}

export function planContact(chance: Chance, { lang }: Story): SafeContact {
  const word = (key: string): string => wordsByLanguage[lang]?.(`more.contact.${key}`) ?? ''
  const way = chance.one(['phone', 'messenger', 'here'])
  const { names, words } = PARTS[lang]
  return {
    how: way === 'here' ? word(way) : `${word(way)}, ${addressBy(chance)}`,
    ...(happens(chance, 60) && { when: word(chance.one(TIMES)) }),
    ...(happens(chance, 40) && { avoid: word(chance.one(IF_ANOTHER_ANSWERS)) }),
    ...(happens(chance, 60) && { name: chance.one(names) }),
    ...(happens(chance, 15) && { word: chance.one(words) }),
    ...(happens(chance, 25) && { lang }),
  }
}
