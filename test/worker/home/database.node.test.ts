// Compares HomeDatabase with the D1 of workerd, for every feature of D1 that the worker uses.
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HomeDatabase } from '#scripts/home/database'
import { bytesFrom } from '#worker/store/database'
import { bothStores } from './support/both-stores.ts'

const ask = bothStores()
const folder = mkdtempSync(join(tmpdir(), 'home-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() =>
  ask(({ db }) =>
    db.batch([
      db.prepare('CREATE TABLE things (name TEXT PRIMARY KEY, value ANY) STRICT'),
      db.prepare('CREATE TABLE parts (thing TEXT NOT NULL REFERENCES things (name)) STRICT'),
    ]),
  ),
)

const insert = 'INSERT INTO things (name, value) VALUES (?, ?) RETURNING 1'
const refusalOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) =>
      /(?:UNIQUE|FOREIGN KEY) constraint failed(?:: \w+\.\w+)?/.exec(String(error))?.[0] ?? '',
  )

test('A query that breaks a constraint is rejected with the name of the constraint', async () => {
  const [home, workerd] = await ask(async ({ db }) => {
    await db.prepare(insert).bind('one', 1).run()
    return [
      await refusalOf(db.prepare(insert).bind('one', 2).run()),
      await refusalOf(db.prepare('INSERT INTO parts VALUES (?)').bind('none').run()),
    ]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual(['UNIQUE constraint failed: things.name', 'FOREIGN KEY constraint failed'])
})

test('A batch returns the rows of each query, and one failing query undoes it all', async () => {
  const [home, workerd] = await ask(async ({ db }) => {
    const add = (name: string) => db.prepare(insert).bind(name, 1)
    const done = await db.batch([add('two'), db.prepare('SELECT name FROM things WHERE 0')])
    const refusal = await refusalOf(db.batch([add('three'), add('two')]))
    const names = await db.prepare('SELECT name FROM things ORDER BY name').all()
    return [done.map(({ results }) => results), refusal, names.results]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual([
    [[{ '1': 1 }], []],
    'UNIQUE constraint failed: things.name',
    [{ name: 'one' }, { name: 'two' }],
  ])
})

test('Every kind of value comes back as it was bound, and bytes of any length', async () => {
  const values = ['текст', 7, 1.5, null, true, new Uint8Array(9).fill(3), new Uint8Array(300)]
  const [home, workerd] = await ask(async ({ db }) => {
    const back: unknown[] = []
    for (const [at, value] of values.entries()) {
      const bound = value instanceof Uint8Array ? value.buffer : value
      await db.prepare(insert).bind(`value ${at}`, bound).run()
      const row = await db
        .prepare('SELECT value FROM things WHERE name = ?')
        .bind(`value ${at}`)
        .first()
      const stored = row?.['value']
      back.push(value instanceof Uint8Array ? bytesFrom(stored) : stored)
    }
    return back
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual(values.map((value) => (value === true ? 1 : value)))
})

test('Raw rows keep both columns of one name, and without rows there is no first row', async () => {
  const [home, workerd] = await ask(async ({ db }) => [
    await db.prepare("SELECT 1 AS name, 'b' AS name").raw(),
    await db.prepare('SELECT 1 WHERE 0').first(),
  ])
  expect(home).toEqual(workerd)
  expect(home).toEqual([[[1, 'b']], null])
})

test('Every result reports the size of the database, which grows with its rows', async () => {
  const grown = await ask(async ({ db }) => {
    const size = async () => (await db.prepare('SELECT 1').run()).meta.size_after
    const before = await size()
    await db.prepare(insert).bind('large', new Uint8Array(1_000_000).buffer).run()
    return (await size()) - before
  })
  for (const bytes of grown) {
    expect(bytes).toBeGreaterThan(990_000)
    expect(bytes).toBeLessThan(1_100_000)
  }
})

test('A database in a file keeps its rows, and applies each migration once', () => {
  const path = join(folder, 'oasis.sqlite')
  const first = new HomeDatabase(path)
  first.insert('teams', { generation: 1, sealed_for_recovery: new Uint8Array(9) })
  first.close()
  const again = new HomeDatabase(path)
  expect(again.rows('SELECT generation FROM teams')).toEqual([{ generation: 1 }])
  again.close()
})

test('A database that begins with the image of another has its rows and changes alone', () => {
  const first = new HomeDatabase()
  first.insert('teams', { generation: 1, sealed_for_recovery: new Uint8Array(9) })
  const second = new HomeDatabase(':memory:', first.image())
  second.insert('teams', { generation: 2, sealed_for_recovery: new Uint8Array(9) })
  const generations = (database: HomeDatabase) =>
    database.rows('SELECT generation FROM teams').map(({ generation }) => generation)
  expect([generations(first), generations(second)]).toEqual([[1], [1, 2]])
})
