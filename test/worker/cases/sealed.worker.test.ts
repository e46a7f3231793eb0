import { beforeEach, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { readTally, TALLY_PAGE, TallyPage, type Extent } from '#protocol/staff/list/pieces'
import {
  SEALED_AT_ONCE,
  SEALED_LETTERS,
  unpackCases,
  type SealedCase,
  type SealedCases,
} from '#protocol/staff/list/sealed-cases'
import { sealedCaseOf } from '#test/protocol/support/sealed-case.ts'
import {
  addEntryAs,
  changeAs,
  freshCasework,
  makeKeyAs,
  openedBy,
  replyAs,
  take,
  takeAs,
  type Casework,
} from '../support/casework.ts'
import {
  ask,
  db,
  expectRefusal,
  idOf,
  reporter,
  sealed,
  STAFF_ORIGIN,
  submit,
} from '../support/edge.ts'
import { getAs, noise, person, type Person } from '../support/staff.ts'
import { giveTo, mergeAs } from '../support/teamwork.ts'

let work: Casework
beforeEach(async () => {
  work = await freshCasework()
})

const hexOf = (id: string): string =>
  Array.from(fromB64(id), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
const pageAs = async (staff: Person, ids: string[]): Promise<SealedCases> =>
  unpackCases(
    new Uint8Array(await (await getAs(staff, `cases/sealed?ids=${ids.join()}`)).arrayBuffer()),
  )
const readAs = async (staff: Person, ...ids: string[]): Promise<SealedCase[]> =>
  (await pageAs(staff, ids)).cases
const tallyAs = async (staff: Person): Promise<Map<string, Extent>> =>
  readTally(TallyPage.parse(await (await getAs(staff, 'cases/tally')).json()))
const assign = (id: string, to: Person) =>
  db.prepare('UPDATE reports SET assignee = ? WHERE id = ?').bind(fromB64(to.id), fromB64(id)).run()

async function another(): Promise<string> {
  const envelope = await sealed(work.org, (await reporter()).hashes)
  await submit(envelope)
  return idOf(envelope)
}

test('Sealed cases in bulk are the same as each report alone', async () => {
  const { org, staff, known, id } = work
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
  await changeAs(staff, 'status.set', id, { ...take, followUps: 1 })
  await makeKeyAs(staff, id)
  await takeAs(staff, id, [followUp])
  await addEntryAs(staff, id)
  await replyAs(staff, id, { index: 0, sealed: noise(4096), followUps: 1 })
  const other = await another()
  const found = await readAs(staff, id, other)
  const byId = new Map(found.map((each) => [each.id, each]))
  for (const each of [id, other])
    expect(byId.get(each)).toEqual(sealedCaseOf(await openedBy(staff, each)))
  expect(byId.get(id)?.entries).toHaveLength(1)
  expect(byId.get(id)?.taken).toHaveLength(1)
  expect(byId.get(id)?.secrets).toHaveLength(1)
})

test('A case that is gone is absent from the bulk', async () => {
  const { staff, id } = work
  const found = await readAs(staff, noise(16), id, id)
  expect(found.map((each) => each.id)).toEqual([id])
})

test('A report deleted between the two queries is absent, and the others come', async () => {
  const { staff, id } = work
  const gone = await another()
  let batches = 0
  const DB = {
    prepare: (query: string) => db.prepare(query),
    // Reading the words is the only batch in this request.
    batch: async (statements: D1PreparedStatement[]) => {
      batches += 1
      await db.prepare('DELETE FROM reports WHERE id = ?').bind(fromB64(gone)).run()
      return db.batch(statements)
    },
  } as unknown as D1Database
  const headers = { origin: STAFF_ORIGIN, cookie: staff.cookie }
  const answer = await ask(`/api/staff/cases/sealed?ids=${gone},${id}`, { headers }, { DB })
  const { cases, left } = unpackCases(new Uint8Array(await answer.arrayBuffer()))
  expect({ batches, ids: cases.map((each) => each.id), left }).toEqual({
    batches: 1,
    ids: [id],
    left: [],
  })
})

/** Adds follow-ups with random bytes to a report. */
const addFollowUps = (id: string, count: number) =>
  db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)
      INSERT INTO follow_ups
      SELECT randomblob(16), owner_hash, write_hash, i, 1, '2026-11-25', 'device', randomblob(200)
      FROM n, reports WHERE reports.id = ?1`,
    )
    .bind(fromB64(id), count)
    .run()

test('A full page names the cases that are left, and every case comes once', async () => {
  const ids = [work.id, await another(), await another(), await another()]
  await addFollowUps(work.id, SEALED_LETTERS + 5)
  await addFollowUps(ids[1] ?? '', SEALED_LETTERS - 3)
  const found: string[] = []
  const sizes: number[] = []
  for (let left = ids; left.length > 0;) {
    const page = await pageAs(work.staff, left)
    expect(page.cases.length).toBeGreaterThan(0)
    const letters = page.cases.reduce((sum, { followUps }) => sum + 1 + followUps.length, 0)
    // Only a single case may be larger than a page.
    expect(page.cases.length === 1 || letters <= SEALED_LETTERS).toBe(true)
    found.push(...page.cases.map((each) => each.id))
    sizes.push(page.left.length)
    left = page.left
  }
  expect(found.toSorted()).toEqual(ids.toSorted())
  expect(sizes.length).toBeGreaterThan(1)
})

test('A request for no id, for a broken id or for too many is refused as malformed', async () => {
  const { staff } = work
  const many = Array.from({ length: SEALED_AT_ONCE + 1 }, () => noise(16)).join()
  for (const ids of ['x', `${noise(16)},=`, many])
    await expectRefusal(await getAs(staff, `cases/sealed?ids=${ids}`), 400, 'malformed')
})

test('A caseworker gets the cases that are assigned to them, and no others', async () => {
  const { id } = work
  const other = await another()
  const worker = await person('caseworker')
  await assign(id, worker)
  expect((await readAs(worker, id, other)).map((each) => each.id)).toEqual([id])
  expect([...(await tallyAs(worker)).keys()]).toEqual([hexOf(id)])
})

test('A caseworker also gets the reports that their case absorbed', async () => {
  const { id } = work
  const other = await another()
  const worker = await person('caseworker')
  await assign(id, worker)
  await db
    .prepare('UPDATE reports SET merged_into = ? WHERE id = ?')
    .bind(fromB64(id), fromB64(other))
    .run()
  const found = await readAs(worker, id, other)
  expect(new Map(found.map((each) => [each.id, each.mergedInto]))).toEqual(
    new Map([
      [id, null],
      [other, id],
    ]),
  )
})

test('A caseworker gets the key that holds a later letter of an absorbed report', async () => {
  const { org, staff, known, id } = work
  const other = await another()
  const caseworker = await person('caseworker')
  await mergeAs(staff, id, other)
  await makeKeyAs(staff, other)
  await giveTo(staff, other, caseworker)
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
  await takeAs(staff, other, [followUp])
  const [absorbed] = await readAs(caseworker, id)
  expect(absorbed?.grants).toMatchObject([{ caseId: other, keyNo: 1 }])
  expect(absorbed?.grants).toEqual((await openedBy(caseworker, id)).grants)
})

test('Somebody without intake and cases is refused with not_allowed', async () => {
  const admin = await person('admin')
  for (const path of [`cases/sealed?ids=${work.id}`, 'cases/tally'])
    await expectRefusal(await getAs(admin, path), 403, 'not_allowed')
})

test('The tally grows with a follow-up and with a row of the log', async () => {
  const { org, staff, known, id } = work
  expect(await tallyAs(staff)).toEqual(new Map([[hexOf(id), { followUps: 0, rows: 0 }]]))
  const followUp = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(known.keys.write) })
  await changeAs(staff, 'status.set', id, { ...take, followUps: 1 })
  expect(await tallyAs(staff)).toEqual(new Map([[hexOf(id), { followUps: 1, rows: 1 }]]))
  const [opened] = await readAs(staff, id)
  expect(opened?.extent).toEqual({ followUps: 1, rows: 1 })
})

test('The tally has every report once, page by page', async () => {
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT randomblob(16), 1, 0, 1, 1, 'device', 'new', '2026-01-01',
        randomblob(16), randomblob(32), randomblob(32), zeroblob(100) FROM n`,
    )
    .bind(TALLY_PAGE + 3)
    .run()
  const ids = new Set<string>()
  const lengths: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const path: string = next === '' ? 'cases/tally' : `cases/tally?after=${next}`
    const page: TallyPage = TallyPage.parse(await (await getAs(work.staff, path)).json())
    const extents = readTally(page)
    lengths.push(extents.size)
    for (const id of extents.keys()) ids.add(id)
    next = page.next
  }
  expect(lengths).toEqual([TALLY_PAGE, 4])
  expect(ids.size).toBe(TALLY_PAGE + 4)
})

test('A tally after a broken id is refused as malformed', async () => {
  await expectRefusal(await getAs(work.staff, 'cases/tally?after=%3D'), 400, 'malformed')
})
