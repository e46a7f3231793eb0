// Mirrors the styles of the built pages whose language is written from right to left.
import type { AstroIntegration } from 'astro'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { directionOf } from '#content/languages.ts'
import { languagesOf } from '../i18n/languages.ts'
import { pageEntryOf } from '../pages.ts'
import { mirrored, styleFor } from '../styles/mirror.ts'
import { addressOf, pageAt } from './page-headers.ts'

/** Returns a page with its styles mirrored, if its language is written from right to left. */
const pageFor = (lang: string, html: string): string =>
  html.replace(
    /<style>([^<]*)<\/style>/g,
    (_, css: string) => `<style>${styleFor(lang, css)}</style>`,
  )

/** The staff app changes its language within the page, so it contains both directions. */
const staffPage = (html: string): string =>
  html.replace(
    /<style>([^<]*)<\/style>/g,
    (_, css: string) =>
      `<style data-direction="ltr">${css}</style>` +
      `<style data-direction="rtl" media="not all">${mirrored(css)}</style>`,
  )

/** Returns the Astro integration, which must precede the hashes of securityHeaders(). */
export function mirrorStyles(): AstroIntegration {
  return {
    name: 'mirror-styles',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        if (!languagesOf('').some((lang) => directionOf(lang))) return
        const out = fileURLToPath(dir)
        for await (const file of glob('**/*.html', { cwd: out })) {
          const address = addressOf(file)
          const html = await readFile(join(out, file), 'utf8')
          const [, lang = ''] = address.split('/')
          // A lifeline page is mirrored when it is made, because a saved page hashes its style.
          const isLifeline = pageEntryOf(pageAt(address) ?? '404')?.lifeline !== undefined
          if (address === '/staff/') await writeFile(join(out, file), staffPage(html))
          else if (!isLifeline) await writeFile(join(out, file), pageFor(lang, html))
        }
      },
    },
  }
}
