// Checks source files: an exported name has one meaning and lifeline pages have few casts. In site/
// and worker/, only listed files may call fetch.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { filesUnder } from '#scripts/shared/paths'

/** Names that a framework requires, one per file. */
const ASKED_FOR = new Set(['GET', 'getStaticPaths', 'prerender'])
const MAX_CASTS_PER_1000 = 5

/**
 * The files of site/ and worker/ that may call `fetch`. All other files in site/ and worker/ must
 * call the functions in these files.
 */
const CALLERS_OF_FETCH: ReadonlySet<string> = new Set([
  'site/editor/ask-server.ts',
  'site/enhance/check/check-page.ts',
  'site/enhance/offer-check/pasted-advert.ts',
  'site/enhance/share-picture.ts',
  'site/lifeline/network/api.ts',
  'site/staff/api/client.ts',
  'worker/alerts/call-device.ts',
  'worker/alerts/send-to-carrier.ts',
  'worker/turnstile/siteverify.ts',
])

interface Source {
  path: string
  text: string
  tree: ts.SourceFile
}

export function nameFaults(folder: string): string[] {
  const sources = filesUnder(folder)
    .filter(
      (path) => /^(content|scripts|site|worker)\/.*\.tsx?$/.test(path) && !path.endsWith('.d.ts'),
    )
    .map((path): Source => {
      const text = readFileSync(join(folder, path), 'utf8')
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
    })
  return [...doubledNames(sources), ...castFaults(sources), ...fetchFaults(sources)]
}

function doubledNames(sources: Source[]): string[] {
  const places = new Map<string, Set<string>>()
  for (const { path, tree } of sources)
    for (const name of exportedIn(tree)) {
      const known = places.get(name) ?? new Set()
      places.set(name, known.add(path))
    }
  return [...places]
    .filter(([name, paths]) => paths.size > 1 && !ASKED_FOR.has(name))
    .map(
      ([name, paths]) =>
        `${name} is exported by ${[...paths].join(' and ')}: one name, one meaning`,
    )
}

function exportedIn(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!isExported) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText(tree))
    const { name } = statement as ts.DeclarationStatement
    return name ? [name.getText(tree)] : []
  })
}

function castFaults(sources: Source[]): string[] {
  const lifeline = sources.filter(({ path }) => path.startsWith('site/lifeline/'))
  const lines = lifeline.reduce((sum, { text }) => sum + text.split('\n').length, 0)
  const casts = lifeline.reduce((sum, { tree }) => sum + castsIn(tree), 0)
  return casts * 1000 > lines * MAX_CASTS_PER_1000
    ? [
        `site/lifeline has ${casts} casts in ${lines} lines, ` +
          `more than ${MAX_CASTS_PER_1000} in 1,000`,
      ]
    : []
}

function castsIn(node: ts.Node): number {
  const own = ts.isAsExpression(node) && node.type.getText() !== 'const' ? 1 : 0
  let below = 0
  ts.forEachChild(node, (child) => {
    below += castsIn(child)
  })
  return own + below
}

const fetchFaults = (sources: Source[]): string[] =>
  sources
    .filter(({ path, text }) => /^(site|worker)\//.test(path) && /(?<![.\w])fetch\(/.test(text))
    .filter(({ path }) => !CALLERS_OF_FETCH.has(path))
    .map(({ path }) => `${path} calls fetch itself`)
