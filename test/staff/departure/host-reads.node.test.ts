// Lists what the host can open with databases from two dates, R2, the edge's own key and a used
// link. Compares the table in docs/threat-model.md with the schema and the objects, in both
// directions.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { root } from '#scripts/shared/paths'
import { quoted, rowsAfter } from './support/document-table.ts'
import type { StoresCopy } from './support/edge.ts'
import { openableByHost } from './support/openable.ts'
import type { PlayedDeparture } from './support/play-departure.ts'
import { thingsIn } from './support/sealed-things.ts'

let played: PlayedDeparture
beforeAll(async () => {
  // The worker's module caches the key of an earlier edge. Without a reset, the new edge would
  // store no key.
  vi.resetModules()
  const { playDeparture } = await import('./support/play-departure.ts')
  played = await playDeparture([], { text: 'a waiting report', comesIn: false })
})
afterEach(() => vi.unstubAllGlobals())

const HEADING = '### What the host can read from storage'

/** The columns in the document: `table.column`, and the class of each. */
function classified(): [string, string][] {
  const [heads = [], ...rows] = rowsAfter('docs/threat-model.md', HEADING, 'Table')
  return rows.flatMap(([table = '', ...cells]) =>
    cells.flatMap((cell, at) =>
      quoted(cell).map((column): [string, string] => [
        `${quoted(table).join('')}.${column}`,
        heads[at + 1] ?? '',
      ]),
    ),
  )
}

/** The columns of the migrations, with their types. */
function schema(): Map<string, string> {
  const sqlite = new DatabaseSync(':memory:')
  for (const file of readdirSync(join(root, 'migrations')).sort())
    if (file.endsWith('.sql')) sqlite.exec(readFileSync(join(root, 'migrations', file), 'utf8'))
  const tables = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  return new Map(
    tables.flatMap(({ name }) =>
      sqlite
        .prepare(`SELECT name, type FROM pragma_table_xinfo('${String(name)}')`)
        .all()
        .map(({ name: column, type }) => [`${String(name)}.${String(column)}`, String(type)]),
    ),
  )
}

test('R36: Databases of two dates, R2, the edge key and a spent link open nothing', async () => {
  const { before, after, spentLink } = played
  expect(before.tables.get('secrets')).toHaveLength(1)
  expect(await openableByHost([before, after], spentLink)).toEqual([])
})

test('With the paper too, the same attempt opens keys, letters and entries', async () => {
  const { before, after, spentLink, recoverySeed } = played
  expect(await openableByHost([before, after], spentLink, recoverySeed)).toEqual(
    expect.arrayContaining([
      ...['case key', 'epoch key 1', 'epoch key 2', 'team key 1', 'team key 2'],
      ...['entry: new note', 'answer: new reply', 'letter: new report that nobody opened'],
    ]),
  )
})

test('R36: The threat model names every column once, and nothing else', () => {
  const named = classified().map(([column]) => column)
  expect(named.sort()).toEqual([...schema().keys()].sort())
})

test('A column of text or numbers is plain, and hashes and signatures have their lengths', () => {
  const types = schema()
  for (const [column, kind] of classified())
    if (types.get(column)?.toUpperCase() !== 'BLOB')
      expect([column, kind]).toEqual([column, 'Plain'])
  const lengths = new Map([
    ['Hash', 32],
    ['Signature', 64],
  ])
  for (const [column, kind] of classified())
    for (const value of valuesOf(played.after, column))
      if (lengths.has(kind)) expect([column, value.length]).toEqual([column, lengths.get(kind)])
})

const valuesOf = ({ tables }: StoresCopy, column: string): Uint8Array[] => {
  const [table = '', name = ''] = column.split('.')
  return (tables.get(table) ?? []).map((row) => row[name]).filter((it) => it instanceof Uint8Array)
}

/** Sealed parts that no person's key opens. Devices are sealed under a secret of the edge. */
const WITHOUT_KEYS = ['devices.sealed']

test('The attempt tries every column that the threat model calls sealed, and no other', () => {
  const tried = new Set<Uint8Array>(
    thingsIn(played.after).map((thing) => {
      if (thing.is === 'letter') return thing.envelope
      return thing.is === 'case secret' ? thing.bytes : thing.sealed
    }),
  )
  const isTried = ([column]: [string, string]): boolean =>
    valuesOf(played.after, column).some((value) => tried.has(value))
  const columns = classified()
  expect(columns.filter(isTried)).toEqual(
    columns.filter(([column, kind]) => kind === 'Sealed' && !WITHOUT_KEYS.includes(column)),
  )
})

test('The threat model names the same objects as the README of the store', () => {
  const names = (path: string, heading: string, head: string): string[] =>
    rowsAfter(path, heading, head)
      .slice(1)
      .map(([name = '']) => name)
  const described = names('docs/threat-model.md', HEADING, 'Object in R2')
  const kept = '## Objects in R2, and why each is kept'
  expect(described).toEqual(names('worker/store/README.md', kept, 'Name'))
  const folders = described.map((name) => name.replaceAll('`', '').split('/')[0])
  for (const { key } of played.after.objects) expect(folders).toContain(key.split('/')[0])
})
