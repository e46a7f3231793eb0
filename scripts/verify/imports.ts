// Finds the imports of a file, or of an .astro or .mdx page, as paths from the top folder.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"\n]+)['"]/g
const ALIASES = Object.entries({
  '#protocol/': 'worker/protocol/',
  '#worker/': 'worker/',
  '#site/': 'site/',
  '#content/': 'content/',
  '#scripts/': 'scripts/',
  '#test/': 'test/',
})

/** Returns the paths as written, possibly without their extensions. */
export const importsOf = (folder: string, file: string): string[] =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(IMPORT)].map(([, specifier = '']) =>
    targetOf(file, specifier),
  )

/** A package is a folder in node_modules. */
function targetOf(file: string, specifier: string): string {
  const alias = ALIASES.find(([name]) => specifier.startsWith(name))
  if (alias) return alias[1] + specifier.slice(alias[0].length)
  if (specifier.startsWith('.')) return posix.join(dirname(file), specifier)
  return `node_modules/${specifier}/`
}
