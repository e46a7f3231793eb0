import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { backupsIn, KEPT } from '#scripts/backup/backup-folder'
import {
  FEW_KEYS,
  idText,
  KEYS_AT_ONCE,
  makeBackupKeys,
  readBackupKey,
  waitingKeys,
} from '#scripts/backup/backup-keys'
import { folderFaults } from '#scripts/backup/folder-faults'
import { readWholeBackup } from '#scripts/backup/read-backup'
import { readBackupId } from '#scripts/backup/sealed-stream'
import { LEFT_OUT, readShape } from '#scripts/backup/tables'
import { writeBackup } from '#scripts/backup/write-backup'
import { makeEdge } from '#test/staff/departure/support/edge.ts'
import { playCasework, type Casework } from './support/casework.ts'
import { backupFolders, wholeOf } from './support/folders.ts'

const NOW = Date.parse('2026-12-01T03:00:00Z')
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

let casework: Casework
beforeAll(async () => {
  casework = await playCasework()
})
afterEach(() => vi.unstubAllGlobals())

const stores = () => casework.office.edge.stores()

test('The eighth backup deletes the first, and each takes a key of its own', async () => {
  const folders = await backupFolders(NOW)
  const written: string[] = []
  for (let day = 0; day <= KEPT; day++) {
    const { path, dropped } = await writeBackup(stores(), folders.backups, () => NOW + day * DAY_MS)
    written.push(path)
    expect(dropped).toHaveLength(day < KEPT ? 0 : 1)
  }
  const left = backupsIn(folders.backups).map(({ path }) => path)
  expect(left).toEqual(written.slice(1).reverse())
  expect(waitingKeys(folders.backups)).toHaveLength(KEYS_AT_ONCE - written.length)
  expect(readdirSync(folders.stick)).toHaveLength(KEYS_AT_ONCE)
  // The next use of the stick deletes the key of the deleted backup, and makes new keys.
  const { made, deleted } = await makeBackupKeys(folders.backups, [folders.stick], NOW)
  expect({ made, deleted }).toEqual({ made: written.length, deleted: 1 })
  expect(readdirSync(folders.stick)).toHaveLength(KEYS_AT_ONCE + KEPT)
  const newest = await wholeOf(written.at(-1) ?? '', folders)
  expect(newest.at).toBe('2026-12-08T03:00Z')
})

test('A backup shows no word, id or public key without its own key', async () => {
  const folders = await backupFolders()
  const { path } = await writeBackup(stores(), folders.backups)
  const bytes = readFileSync(path)
  const { tables, objects } = casework.office.edge.copy()
  const values = [...tables.values()].flat().flatMap(Object.values)
  const blobs = values.filter((value) => value instanceof Uint8Array && value.length >= 8)
  const texts = ['reports', 'oasis/v1/ledger', 'A template of the office', 'caseworker', 'Айгүл']
  const wanted = [
    ...(blobs as Bytes[]).flatMap((value) => {
      const head = Buffer.from(value.slice(0, 32))
      return [head, Buffer.from(toB64(head)), Buffer.from(head.toString('hex').toUpperCase())]
    }),
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
    ...objects.map(({ key }) => Buffer.from(key)),
  ]
  expect(wanted.length).toBeGreaterThan(500)
  expect(wanted.filter((each) => bytes.includes(each))).toEqual([])
  const { path: second } = await writeBackup(stores(), folders.backups, () => NOW)
  const keyOf = (id: Bytes): string => join(folders.stick, `${idText(id)}.key`)
  const [id, other] = await Promise.all([path, second].map(readBackupId))
  if (!id || !other) throw new Error('a backup has no id')
  expect(() => readBackupKey(keyOf(other), id)).toThrow(
    `is the key of another backup: look for ${idText(id)}.key`,
  )
  const wrong = readBackupKey(keyOf(other), other)
  await expect(readWholeBackup(path, wrong)).rejects.toThrow('does not open with this key')
})

describe('the faults of a folder', () => {
  test('A backup is a fault after a day, when missing, and from the future', async () => {
    const { backups } = await backupFolders(NOW)
    expect(folderFaults(backups, NOW)).toEqual([expect.stringMatching(/^There is no backup in /)])
    await writeBackup(stores(), backups, () => NOW)
    expect(folderFaults(backups, NOW + 24 * HOUR_MS)).toEqual([])
    expect(folderFaults(backups, NOW + 25 * HOUR_MS)).toEqual([
      expect.stringMatching(/^The newest backup is 25 hours old/),
    ])
    expect(folderFaults(backups, NOW - HOUR_MS)).toEqual([expect.stringContaining('the future')])
    for (const { id } of waitingKeys(backups).slice(FEW_KEYS))
      rmSync(join(backups, 'keys', `${idText(id)}.public`))
    expect(folderFaults(backups, NOW)).toEqual([expect.stringMatching(/^7 keys are left/)])
  })

  test('A backup that stopped leaves nothing, and its key serves the next', async () => {
    const { backups } = await backupFolders(NOW)
    let calls = 0
    const failing = casework.office.edge.stores((_name, effect) =>
      ++calls > 30 ? Promise.reject(new Error('D1 fails')) : Promise.resolve(effect()),
    )
    await expect(writeBackup(failing, backups, () => NOW)).rejects.toThrow('D1 fails')
    expect(readdirSync(backups)).toEqual(['keys'])
    expect(waitingKeys(backups)).toHaveLength(KEYS_AT_ONCE)
    writeFileSync(join(backups, '2026-11-01T030000Z-x.backup.part'), 'left')
    await writeBackup(stores(), backups, () => NOW)
    expect(readdirSync(backups)).toHaveLength(2)
  })
})

test('Keys are refused in the folder of the backups, and a backup without a key', async () => {
  const { backups } = await backupFolders(NOW)
  const inside = join(backups, 'stick')
  mkdirSync(inside)
  for (const place of [inside, backups, join(backups, '..')])
    await expect(makeBackupKeys(backups, [place], NOW)).rejects.toThrow('are one place')
  await expect(makeBackupKeys(backups, [join(backups, '../none')], NOW)).rejects.toThrow(
    'no folder',
  )
  await expect(writeBackup(stores(), inside, () => NOW)).rejects.toThrow('No key waits')
})

test('A stick with the keys of other backups only is refused, and keeps them', async () => {
  const { backups, stick } = await backupFolders(NOW)
  const keys = readdirSync(stick)
  const other = join(backups, '../trial')
  await expect(makeBackupKeys(other, [stick], NOW)).rejects.toThrow(
    /^\S+ holds 35 keys, and none .* nothing was deleted\. Name an empty folder on the stick\.$/,
  )
  expect(readdirSync(stick)).toEqual(keys)
  const own = join(stick, 'trial')
  mkdirSync(own)
  expect(await makeBackupKeys(other, [own], NOW)).toMatchObject({ made: KEYS_AT_ONCE, deleted: 0 })
})

test('Every table is backed up, or left out on purpose', async () => {
  const edge = await makeEdge(toB64(new Uint8Array(65)))
  const shape = await readShape(edge.stores().database)
  expect([...LEFT_OUT].sort()).toEqual([
    ...['case_heads', 'counts', 'secrets', 'sessions', 'spent_challenges'],
  ])
  expect(shape.size).toBeGreaterThan(30)
  const withMore = {
    run: async (queries: readonly string[]) => {
      const [rows = []] = await edge.stores().database.run(queries)
      return [[...rows, { owner: 'new_table', name: 'id', type: 'BLOB', pk: 1 }]]
    },
  }
  await expect(readShape(withMore)).rejects.toThrow('new_table')
})
