// Checks that docs/operations/limits.md lists the numbers that people ask about, with their values
// from the code. A number is a constant in worker/ or site/staff/ whose name is in capitals and
// whose value contains only literals. A rate limit in wrangler.toml also counts. A constant that
// refers to another constant does not count, because its value is derived. The numbers in
// worker/protocol/limits.ts are already in one place, so rows for them are allowed but not
// required. A number in another file may also have a row.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { filesUnder } from '#scripts/shared/paths'

const DOCUMENT = 'docs/operations/limits.md'
/** Internal numbers, grouped by reason and file. */
const INTERNAL = 'scripts/verify/internal-numbers.json'
const LIMITS = 'worker/protocol/limits.ts'
const RATES = 'wrangler.toml'

/** The units of time, which are not limits. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['DAY_MS', 86_400_000],
  ['HOUR_MS', 3_600_000],
  ['MINUTE_MS', 60_000],
])

type Reasons = Record<string, Record<string, string[]>>

/** The numbers in the code, keyed by `path NAME`. */
type Numbers = Map<string, number[]>

export function numberFaults(folder: string): string[] {
  const read = (path: string): string =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : ''
  const numbers: Numbers = new Map(ratesIn(read(RATES)))
  for (const path of filesUnder(folder))
    if (/^(worker|site\/staff)\/.*\.tsx?$/.test(path))
      for (const [name, values] of constantsIn(read(path), path))
        numbers.set(`${path} ${name}`, values)
  const rows = rowsIn(read(DOCUMENT))
  const internal = Object.entries(JSON.parse(read(INTERNAL) || '{}') as Reasons)
  const excused = internal.flatMap(([, files]) =>
    Object.entries(files).flatMap(([path, names]) => names.map((name) => `${path} ${name}`)),
  )
  const documented = new Set(rows.map(({ place }) => place))
  return [
    ...rows.flatMap((row) => {
      const { place, path } = row
      return rowFault(
        row,
        numbers.get(place) ?? new Map(constantsIn(read(path), path)).get(row.name),
      )
    }),
    ...excused
      .filter((place) => !numbers.has(place))
      .map((place) => `${INTERNAL}: ${place} is no number of the code`),
    ...excused
      .filter((place) => documented.has(place))
      .map((place) => `${place} has a row in ${DOCUMENT} and is listed in ${INTERNAL}`),
    ...[...numbers]
      .filter(([place]) => !documented.has(place) && !excused.includes(place))
      .filter(([place]) => !place.startsWith(`${LIMITS} `))
      .map(
        ([place, values]) =>
          `${place} = ${values.join(', ')} needs a row in ${DOCUMENT}, ` +
          `or a place under its reason in ${INTERNAL}`,
      ),
  ]
}

interface Row {
  place: string
  path: string
  /** the name of the constant */
  name: string
  value: string
}

/** Reads the rows of the document that end with a constant and its file. */
const rowsIn = (document: string): Row[] =>
  [...document.matchAll(/^\|[^|]+\| ([^|]+?) *\| `([A-Z]\w*)` *\| `([^`]+)` *\|$/gm)].map(
    ([, value = '', name = '', path = '']) => ({ place: `${path} ${name}`, path, name, value }),
  )

function rowFault({ place, name, value }: Row, code: readonly number[] | undefined): string[] {
  if (!code) return [`${DOCUMENT}: ${place} is no number of the code`]
  const written = valuesIn(value, name)
  const isSame =
    written.length === code.length &&
    written.every((each, at) => Math.abs(each - (code[at] ?? NaN)) < 1e-9)
  return isSame ? [] : [`${DOCUMENT}: ${place} is ${code.join(', ')}, and the row says ${value}`]
}

const TIMES: ReadonlyMap<string, number> = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
])
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['%', 0.01],
  ['KiB', 1024],
  ['MiB', 1024 * 1024],
  ['million', 1_000_000],
])

/** Reads the numbers of a row in the constant's unit, given by the end of the constant's name. */
function valuesIn(text: string, name: string): number[] {
  const [, own = ''] = /_(MS|SECONDS|MINUTES|HOURS|DAYS)$/.exec(name) ?? []
  const ownMs = own === 'MS' ? 1 : TIMES.get(own.toLowerCase().slice(0, -1))
  return [...text.matchAll(/(\d[\d,]*(?:\.\d+)?)(?:\/(\d+))? ?(%|[A-Za-z]*)/g)].map(
    ([, number = '', divisor = '1', unit = '']) => {
      const value = Number(number.replaceAll(',', '')) / Number(divisor)
      const ms = TIMES.get(unit.replace(/s$/, ''))
      if (ms !== undefined && ownMs !== undefined) return (value * ms) / ownMs
      return value * (FACTORS.get(unit) ?? 1)
    },
  )
}

function ratesIn(toml: string): [string, number[]][] {
  const rates = /^name = "([A-Z_]+)"\n(?:.*\n)*?simple = \{ limit = (\d+), period = (\d+) \}/gm
  return [...toml.matchAll(rates)].map(([, name = '', limit, period]) => [
    `${RATES} ${name}`,
    [Number(limit), Number(period)],
  ])
}

function constantsIn(text: string, path: string): [string, number[]][] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
    declarationList.declarations.flatMap(({ name, initializer }): [string, number[]][] => {
      if (!ts.isIdentifier(name) || !initializer || UNITS.has(name.text)) return []
      const values = /^[A-Z][A-Z0-9_]+$/.test(name.text) ? numbersIn(initializer) : null
      return values === null ? [] : [[name.text, values]]
    }),
  )
}

/**
 * Returns the numbers of an expression; null when the expression contains anything but literals.
 */
function numbersIn(node: ts.Expression): number[] | null {
  if (
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isParenthesizedExpression(node)
  )
    return numbersIn(node.expression)
  if (ts.isArrayLiteralExpression(node)) return allIn(node.elements)
  if (ts.isObjectLiteralExpression(node))
    return allIn(
      node.properties.map((each) => (ts.isPropertyAssignment(each) ? each.initializer : null)),
    )
  const value = valueOf(node)
  return value === null ? null : [value]
}

function allIn(nodes: readonly (ts.Expression | null)[]): number[] | null {
  const each = nodes.map((node) => node && numbersIn(node))
  return each.length === 0 || each.includes(null) ? null : each.flatMap((values) => values ?? [])
}

function valueOf(node: ts.Expression): number | null {
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isIdentifier(node)) return UNITS.get(node.text) ?? null
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression)
  if (!ts.isBinaryExpression(node)) return null
  const [left, right] = [valueOf(node.left), valueOf(node.right)]
  if (left === null || right === null) return null
  if (node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right
  return node.operatorToken.kind === ts.SyntaxKind.SlashToken ? left / right : null
}
