// Chooses one of the build's languages for a request.
import { isLanguage, isWholeLanguage } from '#content/languages.ts'
import { Refusal } from '#protocol/errors'
import type { Site } from './fetch-page.ts'

/** Returns the code of a language. Throws Refusal `not_found` for any other string. */
export async function requireLanguage(site: Site, text: string): Promise<string> {
  if (!(await isBuilt(site, text))) throw new Refusal('not_found')
  return text
}

/**
 * Returns true for a language that the build contains. A deployment may omit an edition. If the
 * check fails, the language counts as built, so that the edge can still return a form's words.
 */
async function isBuilt({ assets, origin }: Site, lang: string): Promise<boolean> {
  if (isWholeLanguage(lang)) return true
  if (!isLanguage(lang)) return false
  const home = await assets.fetch(`${origin}/${lang}/`).catch(() => null)
  return home?.status !== 404
}

/**
 * Returns the preferred language that the site has (RFC 9110, section 12.5.4): the highest weight,
 * then the first listed. Returns null when the header lists no language of the site; the person
 * then chooses.
 */
export async function preferredLanguage(site: Site, header: string): Promise<string | null> {
  const wanted = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return { lang: tag.split('-', 1).join(''), q: Number(weight) }
  })
  const known = wanted.filter(({ lang, q }) => isLanguage(lang) && q > 0 && q <= 1)
  for (const { lang } of known.sort((a, b) => b.q - a.q)) if (await isBuilt(site, lang)) return lang
  return null
}
