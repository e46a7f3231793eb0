// Writes a saved copy of `tell` as a phone would store it. A saved copy contains the address of the
// site that the copy came from. In a test, that is the address of the test server.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { siteOrigin } from '#site/integrations/hosts.ts'

/**
 * Writes a copy from the build in `dist` for a site at `origin`.
 * @returns the `file:` address of the copy
 */
export function savedCopy(dist: string, folder: string, lang: string, origin: string): string {
  const html = readFileSync(join(dist, lang, 'tell', 'saved', 'index.html'), 'utf8')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `page-${lang}.html`)
  writeFileSync(file, html.replaceAll(siteOrigin, origin))
  return pathToFileURL(file).href
}
