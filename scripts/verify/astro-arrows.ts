// Checks the import rules of .dependency-cruiser.cjs in .astro and .mdx files, which that tool does
// not read.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g

// Returns the path of our imported file from the top folder. The name of a package stays as it is.
function target(file: string, specifier: string): string {
  const aliases: Record<string, string> = {
    '#protocol/': 'worker/protocol/',
    '#worker/': 'worker/',
    '#site/': 'site/',
    '#content/': 'content/',
    '#scripts/': 'scripts/',
    '#test/': 'test/',
  }
  for (const [alias, room] of Object.entries(aliases)) {
    if (specifier.startsWith(alias)) return room + specifier.slice(alias.length)
  }
  return specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier
}

function isWrong(file: string, to: string): boolean {
  const forStaff = /^site\/(staff|pages\/staff)\//.test(file)
  if (/^worker\/(?!protocol\/)/.test(to)) return true
  if (/^(scripts|test)\//.test(to)) return true
  if (/^(hono|drizzle-orm|drizzle-kit)(\/|$)/.test(to)) return true
  return (
    !forStaff &&
    (/^(hpke|@hpke\/core|@panva\/hpke-noble)(\/|$)/.test(to) || to.startsWith('site/staff/'))
  )
}

export function astroArrows(folder: string): string[] {
  return filesUnder(folder)
    .filter((path) => /\.(astro|mdx)$/.test(path))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(IMPORT)]
        .map(([, specifier = '']) => target(file, specifier))
        .filter((to) => isWrong(file, to))
        .map((to) => `${file} must not import ${to}`),
    )
}
