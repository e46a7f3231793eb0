// Saves a page with a referral letter, as the staff app would, so that a browser can open the page.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { languages, OWN_NAMES, type WholeLanguage } from '#content/languages.ts'
import { wordsIn } from '#scripts/browser/words'
import { bundleOpener } from '#site/integrations/letter-opener.ts'
import { drawDigits, makeLetterPage } from '#site/staff/referral/page/make-page.ts'
import type { Letter } from '#site/staff/referral/pieces.ts'

/** The words of the sample letter, which a browser must show as text and not read as markup. */
export const LETTER_WORDS = '<b>Айпери</b> & «тень»'

export interface SampleLetter {
  /** a `file:` address */
  url: string
  html: string
  digits: string
}

const letterIn = (lang: WholeLanguage): Letter => ({
  lang,
  pieces: [
    ['h1', wordsIn(lang)('staff-referral.letter.title')],
    ['dl', ['div', ['dt', '1'], ['dd', LETTER_WORDS]]],
    ['p.words', 'a\nb'],
  ],
})

/** Saves the page into a folder. @param lang  the language of the letter */
export async function saveLetterPage(folder: string, lang: WholeLanguage): Promise<SampleLetter> {
  const digits = drawDigits()
  const words = languages.map((each) => ({
    ...{ lang: each, name: OWN_NAMES[each] },
    // A sentence on the page contains a placeholder for a number, which the page's script fills in.
    say: (key: string) => wordsIn(each)(key, { n: '{n}' }),
  }))
  const bytes = await makeLetterPage(letterIn(lang), digits, words, await bundleOpener())
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'letter.html')
  writeFileSync(path, bytes)
  return { url: pathToFileURL(path).href, html: new TextDecoder().decode(bytes), digits }
}
