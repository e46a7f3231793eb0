// Inlines the tokens of the built pages, because a name for a fixed value costs bytes.
import type { AstroIntegration } from 'astro'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageEntryOf } from '../pages.ts'
import { inlineTokens } from '../styles/inline-tokens.ts'
import { addressOf, pageAt } from './page-headers.ts'

const STYLE = /(?<=<style>)[^<]*(?=<\/style>)/g

/** Returns the Astro integration, which must follow trimStyles() and precede securityHeaders(). */
export function inlinePageTokens(): AstroIntegration {
  return {
    name: 'inline-page-tokens',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const out = fileURLToPath(dir)
        for await (const file of glob('*/**/*.html', { cwd: out })) {
          const address = addressOf(file)
          const name = pageAt(address)
          // The tokens of a lifeline page are already inlined when the page is made.
          const isPublic = name !== null && !pageEntryOf(name)?.lifeline
          if (!isPublic && address !== '/staff/') continue
          const html = await readFile(join(out, file), 'utf8')
          await writeFile(join(out, file), html.replace(STYLE, inlineTokens))
        }
      },
    },
  }
}
