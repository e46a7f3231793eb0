// Returns the description line of each linked page. The `all` page and llms.txt show the lines.
import { getCollection } from 'astro:content'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import type { PageName } from '../../pages.ts'

/** The keys of the lines for pages that are not texts in content/pages/. */
const KEYS: Partial<Record<PageName, string>> = {
  '': 'home.description',
  'offer-check': 'offer.description',
  country: 'place.description',
  stories: 'story.description',
  help: 'share.help',
  tell: 'door.tell.hint',
  answer: 'all.answer',
  send: 'all.send',
  print: 'print.description',
  all: 'all.description',
}

/** The fields of a text in content/pages/ that a line needs. */
interface DescribedText {
  /** language and page: `ky/rights` */
  id: string
  data: { description: string }
}

/** Makes the function that returns a page's line in a language, or '' for a page without a line. */
export async function pageLines(): Promise<(lang: Language, page: PageName) => string> {
  // Guarantee: site/content.config.ts requires the description. Astro generates the types during
  // the build.
  const texts = (await getCollection('pages')) as DescribedText[]
  return (lang, page) => {
    const key = KEYS[page]
    if (key !== undefined) return t(lang, key)
    return texts.find(({ id }) => id === `${lang}/${page}`)?.data.description ?? ''
  }
}
