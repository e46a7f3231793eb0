// A saved copy of `tell` as it lies in a phone's memory. It names the address of the site that it came from: here, the server of the test.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { siteOrigin } from '#site/build/hosts.ts'

/** Writes the copy of the build in `dist` as for a site at `origin`, and returns its `file:` address. */
export function savedCopy(dist: string, folder: string, lang: string, origin: string): string {
  const html = readFileSync(join(dist, lang, 'tell', 'saved', 'index.html'), 'utf8')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `page-${lang}.html`)
  writeFileSync(file, html.replaceAll(siteOrigin, origin))
  return pathToFileURL(file).href
}
