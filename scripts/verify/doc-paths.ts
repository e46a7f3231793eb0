// Checks that every path in the `code` and the [links](…) of a document exists. Paths of files that
// are made on this machine (dist/, .oasis/) are not checked. A placeholder such as <lang> matches
// any name.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const MADE_HERE =
  /^(\.oasis|\.\.\/oasis-\w+|dist|node_modules|\.astro|\.wrangler|test-results)(\/|$)/
const LOOKS_LIKE_PATH = /^[#\w.@[\]-]+(?:\/[\w.@*<>{}[\]-]*)*$/
const FILE_NAME = /^[\w.[\]-]+\.(ts|tsx|mts|js|mjs|cjs|json|toml|md|mdx|astro|sql|css|txt)$/

function named(text: string): { path: string; isLink: boolean }[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, path = '']) => ({ path, isLink: false }))
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, path = '']) => ({ path: path.replace(/#.*$/, ''), isLink: true }))
    .filter(({ path }) => path !== '' && !/^[a-z]+:/.test(path))
  return [...code, ...links].filter(({ path }) => LOOKS_LIKE_PATH.test(path))
}

export function deadPaths(folder: string): string[] {
  const files = filesUnder(folder)
  const names = new Set(files.map((file) => basename(file)))

  const isDead = (document: string, path: string, isLink: boolean): boolean => {
    if (path.startsWith('#') || MADE_HERE.test(path)) return false
    const certain = path.replace(/\/?[^/]*[*<{].*$/, '').replace(/:\d+$/, '')
    if (certain === '') return false
    const bases = isLink ? [dirname(document)] : ['.', dirname(document)]
    if (bases.some((base) => existsSync(join(folder, base, certain)))) return false
    if (isLink) return true
    if (!certain.includes('/')) return FILE_NAME.test(certain) && !names.has(certain)
    // A name with a slash outside the project's folders is a package or a media type.
    const [first = ''] = certain.split('/')
    return bases.some((base) => existsSync(join(folder, base, first)))
  }

  return files
    .filter((file) => file.endsWith('.md'))
    .flatMap((document) =>
      named(readFileSync(join(folder, document), 'utf8'))
        .filter(({ path, isLink }) => isDead(document, path, isLink))
        .map(({ path }) => `${document} names ${path}, which does not exist`),
    )
}
