import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#scripts/shared/paths'
import { migrationFaults, narrowingIn } from '#scripts/verify/migrations'

test('No migration after the first release takes away what the worker before it uses', () => {
  expect(migrationFaults(root)).toEqual([])
})

test('A planted migration that drops a column is named, with its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oasis-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'migrations'))
  for (const name of readdirSync(join(root, 'migrations')).filter((each) => each.endsWith('.sql')))
    copyFileSync(join(root, 'migrations', name), join(folder, 'migrations', name))
  writeFileSync(join(folder, 'migrations/9999_x.sql'), 'ALTER TABLE `reads` DROP COLUMN `rows`;')
  expect(migrationFaults(folder)).toEqual([
    expect.stringMatching(/^migrations\/9999_x\.sql drops the column rows: /),
  ])
})

test.each([
  ['DROP TABLE `slots`;', 'drops the table slots'],
  ['DROP TRIGGER IF EXISTS `touched_in`;', 'drops the trigger touched_in'],
  ['ALTER TABLE `a` RENAME COLUMN `b` TO `c`;', 'has "RENAME COLUMN `b` TO `c`"'],
  ['ALTER TABLE `__new_a` RENAME TO `a`;', 'has "RENAME TO `a`"'],
  ['ALTER TABLE `a` ADD `b` text NOT NULL;', 'adds b, which is NOT NULL and has no DEFAULT'],
  ['ALTER TABLE `a` ADD COLUMN `b` text CHECK (`b` > 1);', 'adds b with a CHECK'],
  ['CREATE UNIQUE INDEX `one` ON `a` (`b`);', 'makes rows of a unique by one'],
])('A migration that narrows a table is found: %s', (sql, what) => {
  expect(narrowingIn(sql)).toEqual([what])
})

test.each([
  '-- DROP TABLE `a`;\nALTER TABLE `a` ADD `b` text;',
  "ALTER TABLE `a` ADD `b` text DEFAULT '' NOT NULL;",
  'ALTER TABLE `a` ADD `b` text GENERATED ALWAYS AS (c) VIRTUAL NOT NULL;',
  'CREATE TABLE `a` (`b` text NOT NULL CHECK (`b` > 1));\nCREATE UNIQUE INDEX `i` ON `a` (`b`);',
  'DROP INDEX `i`;\nCREATE INDEX `i` ON `a` (`b`);',
])('A migration that only adds is accepted: %s', (sql) => {
  expect(narrowingIn(sql)).toEqual([])
})
