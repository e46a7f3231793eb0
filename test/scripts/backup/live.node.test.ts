import { afterEach, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { writeBackup, type WrittenBackup } from '#scripts/backup/write-backup'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { requireLog } from '#site/staff/case/read/require-log.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { makeEdge, type MemoryEdge } from '#test/staff/departure/support/edge.ts'
import { Office } from '#test/staff/departure/support/office.ts'
import { moveOffice, read } from './support/casework.ts'
import { backupFolders, wholeOf, type Folders } from './support/folders.ts'
import { caseTexts, LiveOffice } from './support/live-office.ts'

afterEach(() => vi.unstubAllGlobals())

/** Runs work before each call of a backup to the stores. @returns the backup */
async function backUpWhile(
  { edge }: Office,
  { backups }: Folders,
  work: (name: string) => Promise<void>,
): Promise<WrittenBackup> {
  // Objects are read at the same time, and nobody acts while another person does.
  let last: Promise<unknown> = Promise.resolve()
  const stores = edge.stores((name, effect) => {
    const done = last.then(() => work(name)).then(effect)
    last = done
    return done
  })
  return writeBackup(stores, backups)
}

async function restored(office: Office, path: string, folders: Folders): Promise<MemoryEdge> {
  const edge = await makeEdge(toB64(office.root))
  await restoreBackup(await wholeOf(path, folders), edge.stores())
  return edge
}

test('Reports between the pages of a backup are not refused, and the copy is whole', async () => {
  const office = await Office.open()
  const live = new LiveOffice(office, 1)
  const folders = await backupFolders()
  for (let n = 0; n < 101; n++) await live.tell()
  /** the reports that were stored when the last look began */
  const before: string[] = []
  const { path, reports } = await backUpWhile(office, folders, async (name) => {
    if (name === 'batch of select ledger' && before.length === 0)
      before.push(...live.filed.map(({ id }) => id))
    await live.tell()
  })
  expect(live.refused).toBe(0)
  const stored = [...caseTexts(await restored(office, path, folders)).keys()]
  const missing = before.filter((id) => !stored.includes(id))
  expect(missing).toEqual([])
  expect(before.length).toBeGreaterThan(101)
  expect(stored).toHaveLength(reports)
})

test(
  'Each case of a copy is as it was at one moment, whatever happens meanwhile',
  SAMPLED,
  async () => {
    const seed = seedFor('backup')
    for (let world = 0; world < sampleOf(2, 40); world++) {
      const office = await Office.open()
      const live = new LiveOffice(office, seed + world)
      const folders = await backupFolders()
      for (let n = 0; n < 8; n++) await live.tell()
      for (const { id } of live.filed.slice(0, 5)) await read(office, office.readers[0], id)
      live.remember()
      const { path } = await backUpWhile(office, folders, () => live.act())
      expect(live.refused).toBe(0)
      const edge = await restored(office, path, folders)
      for (const [id, text] of caseTexts(edge))
        expect(live.moments.get(id)?.has(text), `${id} of seed ${seed + world}`).toBe(true)
      await moveOffice(office, edge)
      // The office acted after the moment of the copy, so its browsers have seen later rows.
      forgetSeen()
      await office.as(office.readers[0], async ({ by }) => {
        for (const id of caseTexts(edge).keys()) {
          const stored = await fetchReport(id)
          await requireLog(by, stored)
          const { damagedKeys } = await loadReport(by, id)
          expect(damagedKeys).toEqual([])
          if (stored.mergedInto !== null)
            expect((await fetchReport(stored.mergedInto)).absorbed).toContain(id)
        }
      })
    }
  },
)
