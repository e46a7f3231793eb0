// The page for an address that is not there, in the language of the address.
import { languageOfPath } from './language.ts'
import { answerWith, fetchPage, type Site } from './page.ts'

/** Throws Refusal `unavailable` when the build has no such page. */
export async function missingPage(site: Site, path: string): Promise<Response> {
  const lang = languageOfPath(path)
  return answerWith(await fetchPage(site, lang === null ? '/404' : `/${lang}/404/`), 404)
}
