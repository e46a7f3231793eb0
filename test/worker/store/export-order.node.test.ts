// Checks the order of the tables in the migrations against their foreign keys. A D1 export keeps
// that order, and its rows are loaded with foreign keys enforced.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { root } from '#scripts/shared/paths'

const folder = join(root, 'migrations')

test('Every table is made after the tables it references, so an export loads again', () => {
  const database = new DatabaseSync(':memory:')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort()) database.exec(readFileSync(join(folder, name), 'utf8'))
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    .all()
    .map(({ name }) => String(name))
  const early = names.flatMap((name, at) =>
    database
      .prepare('SELECT "table" AS parent FROM pragma_foreign_key_list(?)')
      .all(name)
      .map(({ parent }) => String(parent))
      .filter((parent) => names.indexOf(parent) >= at)
      .map((parent) => `${name} before ${parent}`),
  )
  database.close()
  expect(names).toContain('case_keys')
  expect(early).toEqual([])
})
