import { afterEach, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { writeBackup } from '#scripts/backup/write-backup'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { makeEdge } from '#test/staff/departure/support/edge.ts'
import { Office } from '#test/staff/departure/support/office.ts'
import { backupFolders, wholeOf } from './support/folders.ts'

afterEach(() => vi.unstubAllGlobals())

/** Inserts reports that consist of random bytes, every third with a follow-up. */
const MANY = (count: number): string[] => [
  `WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ${count})
    INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
      owner_hash, write_hash, envelope)
    SELECT randomblob(16), 1, at % 50 = 0, 1, at % 4, 'device', '2026-11-' || (10 + at % 20),
      randomblob(16), randomblob(32), randomblob(32), randomblob(4096) FROM n`,
  `INSERT INTO follow_ups (id, owner_hash, write_hash, n, epoch, day, sealed_by, envelope)
    SELECT randomblob(16), owner_hash, write_hash, 0, 1, received_day, 'device', randomblob(4096)
    FROM reports WHERE grade = 3`,
]

test('Many reports are restored with their follow-ups, counts and order', SAMPLED, async () => {
  const count = sampleOf(250, 10_000)
  const office = await Office.open()
  for (const query of MANY(count)) office.edge.rows(query)
  const folders = await backupFolders()
  const began = performance.now()
  const { path, reports } = await writeBackup(office.edge.stores(), folders.backups)
  const written = performance.now()
  const edge = await makeEdge(toB64(office.root))
  await restoreBackup(await wholeOf(path, folders), edge.stores())
  const seconds = [written - began, performance.now() - written].map((ms) => (ms / 1000).toFixed(1))
  console.log(`${count} reports: backup ${seconds.join(' s, restore ')} s`)
  expect(reports).toBe(count)
  for (const query of [
    'SELECT rank, waiting_day, hex(id), hex(envelope) FROM reports ORDER BY rank, waiting_day, id',
    'SELECT hex(id), hex(owner_hash), hex(envelope) FROM follow_ups ORDER BY id',
    'SELECT * FROM counts ORDER BY status, danger',
    'SELECT * FROM arrivals ORDER BY what',
  ])
    expect(
      JSON.stringify(edge.rows(query)) === JSON.stringify(office.edge.rows(query)),
      query,
    ).toBe(true)
})
