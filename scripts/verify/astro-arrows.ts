// Applies the import rules in .dependency-cruiser.cjs to .astro and .mdx files, which
// dependency-cruiser does not read.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { filesUnder, root } from '#scripts/shared/paths'
import { importsOf } from './imports.ts'

const patterns = z.optional(z.union([z.string(), z.array(z.string())]))
const Paths = z.object({ path: patterns, pathNot: patterns })
type Paths = z.infer<typeof Paths>
const To = z.extend(Paths, { couldNotResolve: z.optional(z.boolean()) })
const Rules = z.object({ forbidden: z.array(z.object({ from: Paths, to: To })) })
const { forbidden } = Rules.parse(
  createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')),
)
/** The rules about paths, without the rules about circular imports and missing files. */
const RULES = forbidden.filter(({ to }) => !to.couldNotResolve && (to.path ?? to.pathNot))

/** Matches as dependency-cruiser does. `$1` refers to the first group in the pattern of `from`. */
function matches({ path, pathNot }: Paths, file: string, group = ''): boolean {
  const holds = (one: string): boolean => new RegExp(one.replaceAll('$1', group)).test(file)
  const anyOf = (all: typeof path): boolean | undefined =>
    all === undefined ? undefined : [all].flat().some(holds)
  return (anyOf(path) ?? true) && !(anyOf(pathNot) ?? false)
}

const groupIn = ({ path }: Paths, file: string): string =>
  [path ?? []].flat().map((one) => new RegExp(one).exec(file)?.[1])[0] ?? ''

const isWrong = (file: string, to: string): boolean =>
  RULES.some((rule) => matches(rule.from, file) && matches(rule.to, to, groupIn(rule.from, file)))

export function astroArrows(folder: string): string[] {
  return filesUnder(folder)
    .filter((path) => /\.(astro|mdx)$/.test(path))
    .flatMap((file) =>
      importsOf(folder, file)
        .filter((to) => isWrong(file, to))
        .map((to) => `${file} must not import ${to.replace(/^node_modules\/(.*)\/$/, '$1')}`),
    )
}
