// Tests the writing mark of a case: who sets it, who sees it, and when it ends.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { READING_INDEX } from '#protocol/limits'
import { inboxBody } from '#protocol/report/reply'
import { Counts } from '#protocol/staff/list/counts'
import {
  dropWritingMarks,
  findWriters,
  putWritingMark,
  WRITING_MINUTES,
} from '#worker/store/cases/writing-marks'
import { freshCasework, makeKeyAs, type Casework } from '../support/casework.ts'
import { countingDb } from '../support/counting-db.ts'
import { ask, deps, expectRefusal, idOf, octets, sealed, submit } from '../support/edge.ts'
import { goneBucket } from '../support/failing.ts'
import { asStaff, getAs, newcomer, noise, person, type Person } from '../support/staff.ts'
import { everything } from '../support/routes/matrix.ts'
import { giveTo } from '../support/teamwork.ts'

let work: Casework
let bermet: Person
beforeEach(async () => {
  work = await freshCasework()
  bermet = await person('intake')
})

const write = (who: Person, id = work.id): Promise<Response> =>
  asStaff(`reports/${id}/writing`, 'PUT', undefined, who.cookie)
const writersFor = async (who: Person, id = work.id): Promise<string[] | undefined> =>
  Counts.parse(await (await getAs(who, `counts?report=${id}`)).json()).report?.writers

test('A colleague in the case learns who writes, and the writer does not', async () => {
  expect(await writersFor(bermet)).toEqual([])
  expect((await write(work.staff)).status).toBe(204)
  expect(await writersFor(bermet)).toEqual([work.staff.id])
  expect(await writersFor(work.staff)).toEqual([])
  await write(bermet)
  expect(await writersFor(work.staff)).toEqual([bermet.id])
})

test('A mark is of one case only', async () => {
  const other = await sealed(work.org)
  await submit(other)
  await write(work.staff)
  expect(await writersFor(bermet, await idOf(other))).toEqual([])
})

test('A caseworker marks and sees only the case that they have', async () => {
  const [cholpon, stranger] = [await person('caseworker'), await person('caseworker')]
  await makeKeyAs(work.staff, work.id)
  expect((await giveTo(work.staff, work.id, cholpon)).status).toBe(204)
  expect((await write(cholpon)).status).toBe(204)
  expect(await writersFor(work.staff)).toEqual([cholpon.id])
  await write(work.staff)
  expect(await writersFor(cholpon)).toEqual([work.staff.id])
  for (const id of [work.id, noise(16)])
    await expectRefusal(await write(stranger, id), 404, 'not_found')
  await expectRefusal(await getAs(stranger, `counts?report=${work.id}`), 404, 'not_found')
})

test('Nobody else sets a mark, and no mark is of a case that does not exist', async () => {
  await expectRefusal(await write(await person('admin')), 403, 'not_allowed')
  await expectRefusal(await write(await newcomer('intake')), 403, 'not_allowed')
  await expectRefusal(await write(work.staff, noise(16)), 404, 'not_found')
  await expectRefusal(await write(work.staff, '*'), 400, 'malformed')
  expect(await findWriters(deps.bucket, randomBytes(16), Date.now())).toEqual([])
  expect((await deps.bucket.list({ prefix: 'marks/writing' })).objects).toEqual([])
})

test('A mark ends by itself within two minutes, and keeps no more than its minute', async () => {
  const [caseId, who] = [randomBytes(16), randomBytes(16)]
  const minute = Date.UTC(2026, 11, 1, 2, 30)
  await putWritingMark(deps.bucket, caseId, who, minute + 59_999)
  const end = minute + WRITING_MINUTES * 60_000
  expect((await findWriters(deps.bucket, caseId, end - 1)).map(toB64)).toEqual([toB64(who)])
  expect(await findWriters(deps.bucket, caseId, end)).toEqual([])
  const stored = await (await deps.bucket.get('marks/writing'))!.arrayBuffer()
  expect(stored.byteLength).toBe(40)
  expect(Number(new DataView(stored).getBigUint64(32))).toBe(end)
})

test('A renewed mark is one mark, and a bound keeps the object small', async () => {
  const [caseId, who] = [randomBytes(16), randomBytes(16)]
  const now = Date.now()
  for (const later of [0, 60_000]) await putWritingMark(deps.bucket, caseId, who, now + later)
  expect(await findWriters(deps.bucket, caseId, now + 60_000)).toHaveLength(1)
  for (let n = 0; n < 70; n++) await putWritingMark(deps.bucket, caseId, randomBytes(16), now)
  expect(await findWriters(deps.bucket, caseId, now)).toHaveLength(64)
})

test('A mark leaves nothing in the database, and the reporter gets the same response', async () => {
  const inbox = async () => {
    const body = octets(inboxBody(work.known.keys.lookup, READING_INDEX))
    const { db: DB, tally } = countingDb(env.DB)
    const answered = await ask('/api/inbox', body, { DB })
    return { status: answered.status, length: (await answered.arrayBuffer()).byteLength, tally }
  }
  const rows = async () => (JSON.parse(await everything()) as unknown[])[0]
  const [before, stored] = [await inbox(), await rows()]
  await write(work.staff)
  expect(await rows()).toBe(stored)
  expect(await inbox()).toEqual(before)
})

test('Without R2 nobody seems to write, and the counts still arrive', async () => {
  await write(work.staff)
  const headers = { cookie: bermet.cookie }
  const path = `/api/staff/counts?report=${work.id}`
  const answer = await ask(path, { headers }, { FILES: goneBucket })
  expect(Counts.parse(await answer.json())).toMatchObject({ report: { writers: [] } })
})

test('The clock deletes the marks once nobody writes, and keeps them until then', async () => {
  const now = Date.now()
  const objects = async () => (await deps.bucket.list({ prefix: 'marks/writing' })).objects.length
  await putWritingMark(deps.bucket, randomBytes(16), randomBytes(16), now)
  await dropWritingMarks(deps.bucket, now)
  expect(await objects()).toBe(1)
  await dropWritingMarks(deps.bucket, now + WRITING_MINUTES * 60_000)
  expect(await objects()).toBe(0)
})
