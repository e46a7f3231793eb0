// Describes, in every language, the content of each page for AI assistants.
import type { APIRoute } from 'astro'
import { OWN_NAMES } from '#content/languages.ts'
import { pageLines } from '../components/links/page-lines.ts'
import { defaultLanguage, hasPage, languagesOf } from '../i18n/languages.ts'
import { nameKey, pathOf } from '../i18n/paths.ts'
import { listedPages } from '../i18n/sitemap.ts'
import { t } from '../i18n/text.ts'
import { isPage } from '../pages.ts'

export const GET: APIRoute = async ({ site }) => {
  if (site === undefined) throw new Error('astro.config.mjs names no site')
  const lineOf = await pageLines()
  const parts = languagesOf('').map((lang) => {
    const listed = listedPages.filter(isPage).filter((page) => hasPage(lang, page))
    const pages = listed.map((page) => {
      const address = new URL(pathOf(lang, page), site).href
      return `- [${t(lang, nameKey(page))}](${address}): ${lineOf(lang, page)}`
    })
    return [`## ${OWN_NAMES[lang]}`, t(lang, 'llms.numbers'), pages.join('\n')].join('\n\n')
  })
  const lead = `# ${t(defaultLanguage, 'org.name')}\n\n> ${t(defaultLanguage, 'home.description')}`
  return new Response(`${[lead, ...parts].join('\n\n')}\n`)
}
