import { afterEach, expect, test, vi } from 'vitest'
import { fromB64, toB64, utf8 } from '#protocol/bytes'
import { minuteOf } from '#protocol/time'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { writeBackup, type WrittenBackup } from '#scripts/backup/write-backup'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { requireLog } from '#site/staff/case/read/require-log.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { makeEdge, postLetter, type MemoryEdge } from '#test/staff/departure/support/edge.ts'
import { Office } from '#test/staff/departure/support/office.ts'
import { writeAgain } from '#test/staff/support/people.ts'
import { actOn, moveOffice, playCasework, read } from './support/casework.ts'
import { backupFolders, wholeOf, type Folders } from './support/folders.ts'
import { caseTexts, LiveOffice } from './support/live-office.ts'

afterEach(() => vi.unstubAllGlobals())

/** Runs `work` before each call that a backup makes to the stores. @returns the backup */
async function backUpWhile(
  { edge }: Office,
  { backups }: Folders,
  work: (name: string) => Promise<void>,
): Promise<WrittenBackup> {
  // Objects are read in parallel, but only one person acts at a time.
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
  /** the reports that were stored when the last check began */
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
      // The office acted after the time of the copy, so its browsers have seen later rows.
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

/** Runs `work` once, before the first call with this name. */
function once(wanted: string, work: () => Promise<unknown>): (name: string) => Promise<void> {
  let isDone = false
  return async (name) => {
    if (isDone || !name.startsWith(wanted)) return
    isDone = true
    await work()
  }
}

test('A case whose merged case changes while both are read again is no damage', async () => {
  const office = await Office.open()
  const live = new LiveOffice(office, 1)
  for (let n = 0; n < 2; n++) await live.tell()
  const [into, from] = live.filed
  if (!into || !from) throw new Error('two reports were sent')
  const [reader] = office.readers
  for (const { id } of [into, from]) await read(office, reader, id)
  await office.as(reader, ({ by }) => sendMerging(by, from.id, into.id))
  const follow = once('batch of select ledger', async () =>
    postLetter(office.edge, await writeAgain(await office.published(1), from, { text: 'More' })),
  )
  const note = once('batch of with asked', () => actOn(office, reader, into.id, 'A note'))
  const folders = await backupFolders()
  const { path } = await backUpWhile(office, folders, async (name) => {
    await follow(name)
    await note(name)
  })
  expect(caseTexts(await restored(office, path, folders))).toEqual(caseTexts(office.edge))
})

test.each([
  { when: 'before its last look', call: 'batch of select ledger', isKept: false },
  { when: 'after its last look', call: 'batch of select ended_cases', isKept: true },
])(
  'A case that is deleted during a backup, $when, is whole in the copy or noted as ended',
  async (each) => {
    const { office, worked } = await playCasework()
    const folders = await backupFolders()
    const id = Buffer.from(fromB64(worked.id)).toString('hex')
    const end = once(each.call, () =>
      Promise.resolve(office.edge.rows(`DELETE FROM reports WHERE id = X'${id}'`)),
    )
    const { path } = await backUpWhile(office, folders, end)
    expect(office.edge.rows('SELECT 1 FROM ended_cases')).toHaveLength(1)
    const edge = await restored(office, path, folders)
    const ended = edge.rows('SELECT hex(case_id) AS id FROM ended_cases')
    expect(caseTexts(edge).has(worked.id)).toBe(each.isKept)
    expect(ended.map((row) => row['id'])).toEqual(each.isKept ? [] : [id.toUpperCase()])
  },
)

test('A flood of waiting reports does not hold a backup, whose minute is its start', async () => {
  const { edge } = await Office.open()
  const { backups } = await backupFolders()
  const began = Date.parse('2026-12-01T03:00:00Z')
  let calls = 0
  const stores = edge.stores((_name, effect) => {
    calls++
    const key = `overflow/${9000 - calls}`
    if (calls < 1000) edge.putObject({ key, bytes: utf8('x'), metadata: {} })
    return Promise.resolve(effect())
  })
  const { at } = await writeBackup(stores, backups, () => began + calls * 60_000)
  expect(calls).toBeLessThan(1000)
  expect(at).toBe(minuteOf(began))
})
