// Completes the pages of editions, which are languages with only some pages. A link to a page that
// the edition lacks leads to that page in another language and names that language. A text that the
// edition lacks stops the build.
import type { AstroIntegration } from 'astro'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { editionOf, pagesOfEdition, type EditionRecord } from '#content/editions.ts'
import { builtEditions } from '../i18n/languages.ts'
import { pageAt } from './page-headers.ts'

const LINK = /<a ([^>]*?)href="(\/[a-z]{2}\/[^"#]*)([^>]*)>([\s\S]*?)<\/a>/g
/**
 * The closing tags that may occur at the end of a link. Words inserted before these tags look like
 * the rest of the link.
 */
const CLOSING = /(?:\s*<\/\w+>)*\s*$/
/** The placeholder of a missing text: see `untranslated` in content/languages.ts. */
const MISSING = /⟦([a-z]{2}): ([^⟧]*)⟧/g

/**
 * When an edition lacks a page, points each link to that page at the same page in another language.
 * The link states the language, in the words of the edition.
 */
export function linkedElsewhere(html: string, lang: string, edition: EditionRecord): string {
  const pages = pagesOfEdition(edition)
  const { lang: other } = edition.elsewhere
  // The words stay on one line, because a bracket alone at the end of a line reads badly.
  const words = edition.elsewhere.words.replaceAll(' ', '\u00a0')
  return html.replace(
    LINK,
    (link: string, before: string, path: string, after: string, label: string) => {
      const page = path.startsWith(`/${lang}/`) ? pageAt(path) : null
      if (page === null || pages.includes(page)) return link
      const [end = ''] = CLOSING.exec(label) ?? []
      const named = `${label.slice(0, label.length - end.length).trimEnd()} (${words})${end}`
      const address = `/${other}/${path.slice(lang.length + 2)}`
      const rest = after.replace(/^([^"]*")/, `$1 hreflang="${other}"`)
      return `<a ${before}href="${address}${rest}>${named}</a>`
    },
  )
}

/** Lists the pages that an edition should have but the build lacks. */
const missingPages = (out: string, lang: string, edition: EditionRecord): string[] =>
  pagesOfEdition(edition)
    .map((page) => join(lang, page, 'index.html'))
    .filter((file) => !existsSync(join(out, file)))

/** Returns the Astro integration for links, which must precede the tools and the styles. */
export const editionLinks = (): AstroIntegration => ({
  name: 'edition-links',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const out = fileURLToPath(dir)
      for (const lang of builtEditions()) {
        const edition = editionOf(lang)
        if (edition === null) continue
        const missing = missingPages(out, lang, edition)
        if (missing.length > 0)
          throw new Error(`content/editions.json names pages without a text: ${missing.join(', ')}`)
        for await (const file of glob(`${lang}/**/*.html`, { cwd: out })) {
          const html = await readFile(join(out, file), 'utf8')
          await writeFile(join(out, file), linkedElsewhere(html, lang, edition))
        }
      }
    },
  },
})

/** Returns the texts that an edition lacks, each once, with the code of the edition. */
export const textsMissingIn = (text: string): string[] => [
  ...new Set([...text.matchAll(MISSING)].map(([, lang = '', what = '']) => `${lang}: ${what}`)),
]

/** Returns the Astro integration for texts, which must follow the tools. */
export const editionTexts = (): AstroIntegration => ({
  name: 'edition-texts',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const out = fileURLToPath(dir)
      const missing = new Set<string>()
      for await (const file of glob('**/*.{html,js,json,txt,xml}', { cwd: out }))
        for (const what of textsMissingIn(await readFile(join(out, file), 'utf8')))
          missing.add(what)
      if (missing.size > 0)
        throw new Error(
          `The pages of an edition need these texts:\n  ${[...missing].sort().join('\n  ')}`,
        )
    },
  },
})
