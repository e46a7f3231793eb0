import { beforeEach, expect, test } from 'vitest'
import { LINES_PAGE, LinesPage, Queue } from '#protocol/staff/list/queue'
import { freshCasework } from '../support/casework.ts'
import { db, expectRefusal } from '../support/edge.ts'
import { getAs, person, type Person } from '../support/staff.ts'

let staff: Person
beforeEach(async () => {
  ;({ staff } = await freshCasework())
})

/** Fills the database until it contains `size` reports of all ranks. */
const fill = (size: number) =>
  db
    .prepare(
      `WITH RECURSIVE n(i) AS (
        SELECT count(*) FROM reports UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT randomblob(16), 1, i % 7 = 0, 1, i % 4, 'device',
        CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'in_progress' ELSE 'closed' END,
        date('2026-01-01', (i % 300) || ' days'),
        randomblob(16), randomblob(32), randomblob(32), zeroblob(100) FROM n`,
    )
    .bind(size)
    .run()

const pageOf = async (who: Person, query: string) =>
  Queue.parse(await (await getAs(who, `reports${query}`)).json())

test('A device gets every line once, a short page first and long pages after it', async () => {
  await fill(LINES_PAGE + 70)
  const first = await pageOf(staff, '')
  const ids = first.items.map(({ id }) => id)
  let { next } = first
  const lengths = []
  while (next !== null) {
    const page = await pageOf(staff, `?all=1&after=${encodeURIComponent(next)}`)
    lengths.push(page.items.length)
    ids.push(...page.items.map(({ id }) => id))
    next = page.next
  }
  expect([first.items.length, ...lengths]).toEqual([50, LINES_PAGE, 20])
  expect(new Set(ids).size).toBe(LINES_PAGE + 70)
})

test('A colleague without the intake role gets no long page', async () => {
  await expectRefusal(await getAs(await person('admin'), 'reports?all=1'), 403, 'not_allowed')
})

test('A page of lines since today holds only today’s reports', async () => {
  const { items } = await pageOf(staff, '')
  await fill(20)
  const today = new Date().toISOString().slice(0, 10)
  const page = LinesPage.parse(await (await getAs(staff, `lines?since=${today}`)).json())
  expect(page.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
})
