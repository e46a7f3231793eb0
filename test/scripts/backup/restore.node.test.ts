import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { writeBackup } from '#scripts/backup/write-backup'
import { makeEdge, type StoresCopy } from '#test/staff/departure/support/edge.ts'
import {
  moveOffice,
  playCasework,
  read,
  served,
  WAITING,
  type Casework,
} from './support/casework.ts'
import { backupFolders, wholeOf } from './support/folders.ts'
import { LEFT_OUT } from '#scripts/backup/tables'
import { loadReport } from '#site/staff/case/read/load-report.ts'

let casework: Casework
beforeAll(async () => {
  casework = await playCasework()
})
afterEach(() => vi.unstubAllGlobals())

/** Converts a row or an object to text, so that both copies can be sorted and compared. */
const textOf = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  )

/** Returns everything that a restore must recover. */
const lasting = ({ tables, objects }: StoresCopy) => ({
  tables: [...tables]
    .filter(([name]) => name === 'counts' || !LEFT_OUT.includes(name))
    .map(([name, rows]) => [name, rows.map(textOf).sort()]),
  objects: objects.filter(({ key }) => !/^(marks|pieces)\//.test(key)).map(textOf),
})

test('A restored worker serves every report, file, case, chain and key as before', async () => {
  const { office } = casework
  const folders = await backupFolders()
  const before = await served(casework)
  const copied = office.edge.copy()
  const { path, reports, ledger } = await writeBackup(office.edge.stores(), folders.backups)
  expect(reports).toBe(before.stored.length)
  const restored = await makeEdge(toB64(office.root))
  const done = await restoreBackup(await wholeOf(path, folders), restored.stores())
  expect(done).toEqual({ reports, objects: lasting(copied).objects.length })
  expect(lasting(restored.copy())).toEqual(lasting(copied))
  expect(restored.rows('SELECT max(seq) AS n FROM ledger')).toEqual([{ n: ledger.n }])

  await moveOffice(office, restored)
  expect(await served(casework)).toEqual(before)
  // The office continues to work: the drain moves the waiting report, and a colleague takes its
  // letter.
  await restored.runChores()
  const ids = restored.rows('SELECT id FROM reports').map(({ id }) => toB64(id as Uint8Array))
  const [come = ''] = ids.filter((id) => !before.stored.some(({ item }) => item.id === id))
  await read(office, office.readers[0], come)
  const opened = await office.as(office.readers[0], ({ by }) => loadReport(by, come))
  expect(opened.first?.report.text).toBe(WAITING)
})

test('A restore refuses stores that are not empty, and changes nothing in them', async () => {
  const folders = await backupFolders()
  const { path } = await writeBackup(casework.office.edge.stores(), folders.backups)
  const whole = await wholeOf(path, folders)
  const before = casework.office.edge.copy()
  await expect(restoreBackup(whole, casework.office.edge.stores())).rejects.toThrow(
    /^A restore needs an empty database and an empty bucket, but the database has rows \(/,
  )
  expect(casework.office.edge.copy()).toEqual(before)
  const bucketOnly = await makeEdge(toB64(casework.office.root))
  bucketOnly.putObject({ key: 'files/x', bytes: new Uint8Array(1), metadata: {} })
  await expect(restoreBackup(whole, bucketOnly.stores())).rejects.toThrow(
    'but the bucket has objects',
  )
  const other = { ...whole, begin: { ...whole.begin, migration: '0001_other.sql' } }
  const empty = await makeEdge(toB64(casework.office.root))
  await expect(restoreBackup(other, empty.stores())).rejects.toThrow('0001_other.sql')
  expect(empty.rows('SELECT 1 FROM people')).toEqual([])
})
