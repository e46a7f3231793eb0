// Weighs the staff app's strings in each language. The strings are loaded with the app's first
// screen. The strings have their own bound, because the bound for the page is meant for code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weigh, type Measured } from '#scripts/lab/budgets/measure'
import { filesUnder } from '#scripts/shared/paths'

const BOUND = 32_768

/**
 * The loader that Vite writes for each file of `import.meta.glob`. The help texts are not part of
 * the first screen.
 */
const LOADER =
  /strings\/([a-z]{2})\/(?:staff|errors)\.json["'`]:[^:]*?import\(["'`]\.\/([\w-]+\.[\w-]+\.js)/g

const isModule = (path: string): boolean => /^_astro\/[^/]+\.js$/.test(path)

/** Returns one line for each language, and a fault when the build lacks the app's strings. */
export function measureStrings(dist: string): Measured[] {
  const files = new Map<string, Set<string>>()
  for (const path of filesUnder(dist).filter(isModule))
    for (const [, lang = '', file = ''] of readFileSync(join(dist, path), 'utf8').matchAll(LOADER))
      files.set(lang, (files.get(lang) ?? new Set()).add(file))
  if (files.size === 0) return [lineOf('', 0, 0, ['the build has no strings of the staff app'])]
  return [...files].sort().map(([lang, names]) => {
    const weights = [...names].map((name) => weigh(readFileSync(join(dist, '_astro', name))))
    const bytes = weights.reduce((sum, each) => sum + each, 0)
    const faults = bytes > BOUND ? [`${bytes} bytes, ${bytes - BOUND} above the bound`] : []
    return lineOf(` ${lang}`, bytes, names.size, faults)
  })
}

const lineOf = (lang: string, bytes: number, parts: number, faults: string[]): Measured => ({
  address: `/staff/ strings${lang}`,
  ...{ bytes, bound: BOUND, parts, faults },
})
