// Drops the styles that a built public page does not use, because every byte counts on a slow
// network.
import type { AstroIntegration } from 'astro'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageEntryOf } from '../pages.ts'
import { markupNames, trimmed, withoutUnused, withShortNames } from '../styles/trim.ts'
import { addressOf, pageAt } from './page-headers.ts'
import { sharedPath } from './page-rules.ts'

const STYLE = /(?<=<style>)[^<]*(?=<\/style>)/g

/** Returns the pages of a build that share a rule of `_headers`, keyed by the path of the rule. */
async function sistersIn(out: string): Promise<Map<string, Map<string, string>>> {
  const sisters = new Map<string, Map<string, string>>()
  for await (const file of glob('*/**/*.html', { cwd: out })) {
    const name = pageAt(addressOf(file))
    // Skips lifeline pages: each has its own small set of style sheets, and the edge later fills
    // its slots.
    if (name === null || pageEntryOf(name)?.lifeline) continue
    const path = sharedPath(name)
    const pages = sisters.get(path) ?? new Map<string, string>()
    sisters.set(path, pages.set(file, await readFile(join(out, file), 'utf8')))
  }
  return sisters
}

/**
 * Returns the Astro integration, which must precede mirrorStyles() and securityHeaders(). Pages
 * that share a policy keep the same styles, so that the policy contains one hash.
 */
export function trimStyles(): AstroIntegration {
  return {
    name: 'trim-styles',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const out = fileURLToPath(dir)
        for (const pages of (await sistersIn(out)).values()) {
          const built = [...pages.values()]
          const names = markupNames(built)
          const markup = built.map((html) => html.replace(STYLE, '')).join('')
          // Most pages that share a policy have the same style sheets.
          const known = new Map<string, string>()
          const short = (css: string): string => {
            const sheet =
              known.get(css) ?? withShortNames(withoutUnused(trimmed(css, names), markup), markup)
            known.set(css, sheet)
            return sheet
          }
          for (const [file, html] of pages)
            await writeFile(join(out, file), html.replace(STYLE, short))
        }
      },
    },
  }
}
