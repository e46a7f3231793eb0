import { beforeEach, describe, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { DISCARD_DELAY_MS } from '#protocol/staff/list/discard'
import { Counts } from '#protocol/staff/list/counts'
import { rowsOfWholeChain } from '../support/chains.ts'
import { bytesFrom } from '#worker/store/database'
import { runChores } from '#worker/scheduled/run-chores'
import { db, deps, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'
import {
  dayAgo,
  discardAs,
  discardsOf,
  predicate,
  preview,
  storeMany,
  waitMany,
  withdrawAs,
} from '../support/discards.ts'

let staff: Person
let colleague: Person
beforeEach(async () => {
  await freshEdge()
  staff = await person('intake')
  colleague = await person('intake')
})

const ids = async (): Promise<string[]> =>
  (await db.prepare('SELECT id FROM reports').all<{ id: unknown }>()).results.map(({ id }) =>
    toB64(bytesFrom(id)),
  )

describe('the preview', () => {
  test('A preview of a discard counts reports of both stores and draws five examples', async () => {
    await storeMany(40)
    await storeMany(3, { grade: 2 })
    await waitMany(30)
    await waitMany(5, '2')
    const { stored, waiting, sample } = await preview(staff)
    expect([stored, waiting, sample.length]).toEqual([40, 30, 5])
    expect(new Set(sample.map(({ id }) => id)).size).toBe(5)
  })

  test('Two previews of a discard draw different reports from R2 and the database', async () => {
    await storeMany(60)
    await waitMany(60)
    const known = new Set(await ids())
    const drawn = (await Promise.all(Array.from({ length: 8 }, () => preview(staff)))).flatMap(
      ({ sample }) => sample.map(({ id }) => id),
    )
    expect(new Set(drawn).size).toBeGreaterThan(12)
    expect(drawn.some((id) => known.has(id))).toBe(true)
    expect(drawn.some((id) => !known.has(id))).toBe(true)
  })

  test('The preview of a discard counts a thousand waiting reports and no more', async () => {
    await waitMany(1203)
    expect((await preview(staff)).waiting).toBe(1000)
  })

  test('The preview of a discard neither counts nor draws a kept report', async () => {
    await storeMany(3)
    const [kept = '', ...rest] = await ids()
    const seen = await preview(staff, { ...predicate, keep: [kept] })
    expect(seen.stored).toBe(2)
    expect(seen.sample.map(({ id }) => id).sort()).toEqual(rest.sort())
  })

  test('A discard of today’s reports is refused, because more such reports can come', async () => {
    for (const days of [
      { to: dayAgo(0) },
      { to: '2020-02-30' },
      { from: '2020-13-01' },
      { from: dayAgo(1), to: dayAgo(2) },
    ]) {
      const wanted = { ...predicate, ...days }
      const answer = await asStaff('discards/preview', 'POST', wanted, staff.cookie)
      await expectRefusal(answer, 400, 'malformed')
    }
  })
})

describe('signing', () => {
  test('A signed discard enters the ledger and shows who wants it and when', async () => {
    await storeMany(7)
    const before = await rowsIn('ledger')
    const { id, answer } = await discardAs(staff, { stored: 7, waiting: 0 })
    expect(answer.status).toBe(201)
    expect(await rowsIn('ledger')).toBe(before + 1)
    expect(await rowsOfWholeChain()).not.toBeNull()
    const [shown] = await discardsOf(colleague)
    expect(shown).toMatchObject({ id, by: staff.id, stored: 7, removed: 0, endedAt: null })
    expect(Math.abs((shown?.dueAt ?? 0) - Date.now() - DISCARD_DELAY_MS)).toBeLessThan(30_000)
    const counts = Counts.parse(await (await getAs(colleague, 'counts')).json())
    expect(counts.discard).toMatchObject({ id, by: staff.id, stored: 7, waiting: 0, removed: 0 })
    const admin = await person('admin')
    const seen = Counts.parse(await (await getAs(admin, 'counts')).json())
    expect(seen.discard).toBeNull()
  })

  test('A signed discard does not move any report before its hour is over', async () => {
    await storeMany(4)
    await discardAs(staff)
    await runChores({ ...deps, now: () => Date.now() + DISCARD_DELAY_MS - 60_000 })
    expect(await rowsIn('reports')).toBe(4)
  })

  test('A discard is refused while another discard is open, and nothing is written', async () => {
    const { id } = await discardAs(staff)
    const before = await rowsIn('ledger')
    await expectRefusal((await discardAs(colleague)).answer, 409, 'discard_open')
    await expectRefusal((await discardAs(staff, {}, id)).answer, 409, 'discard_open')
    await withdrawAs(staff, id)
    await expectRefusal((await discardAs(staff, {}, id)).answer, 409, 'discard_open')
    expect([await rowsIn('discards'), await rowsIn('ledger')]).toEqual([1, before + 1])
  })

  test('A discard that is sent twice with one signature is refused with chain_moved', async () => {
    const id = noise(16)
    const body = await signed(staff, 'reports.discard', id, {
      ...predicate,
      stored: 0,
      waiting: 0,
    })
    const send = () => asStaff(`discards/${id}`, 'POST', body, staff.cookie)
    expect((await send()).status).toBe(201)
    await expectRefusal(await send(), 409, 'chain_moved')
  })

  test('A discard of more reports than its author confirmed gets discard_grew', async () => {
    await storeMany(8)
    await expectRefusal(
      (await discardAs(staff, { stored: 5, waiting: 2 })).answer,
      409,
      'discard_grew',
    )
    expect(await rowsIn('discards')).toBe(0)
    expect((await discardAs(staff, { stored: 6, waiting: 2 })).answer.status).toBe(201)
  })

  test('A malformed discard is refused and not stored', async () => {
    for (const changes of [
      { to: dayAgo(0) },
      { grade: 4 as never },
      { keep: Array.from({ length: 51 }, () => noise(16)) },
      { stored: -1 },
      { sealedBy: 'nobody' as never },
    ])
      await expectRefusal((await discardAs(staff, changes)).answer, 400, 'malformed')
    await expectRefusal((await discardAs(staff, {}, noise(15))).answer, 400, 'malformed')
    expect(await rowsIn('discards')).toBe(0)
  })

  test('A discard under the signature of another discard is refused', async () => {
    const id = noise(16)
    const body = await signed(staff, 'reports.discard', id, { ...predicate, stored: 0, waiting: 0 })
    const other = await asStaff(`discards/${noise(16)}`, 'POST', body, staff.cookie)
    await expectRefusal(other, 403, 'signature_refused')
    const changed = { ...body, change: body.change.replace('"grade":1', '"grade":3') }
    const answer = await asStaff(`discards/${id}`, 'POST', changed, staff.cookie)
    await expectRefusal(answer, 403, 'signature_refused')
  })

  test('Fifty kept reports fit into one discard', async () => {
    await storeMany(50)
    const keep = await ids()
    expect((await discardAs(staff, { keep, stored: 0, waiting: 0 })).answer.status).toBe(201)
  })
})

describe('withdrawing', () => {
  test('A colleague withdraws a discard, and the clock deletes nothing', async () => {
    await storeMany(4)
    const { id } = await discardAs(staff)
    expect((await withdrawAs(colleague, id)).status).toBe(204)
    for (const hours of [1, 2, 3])
      await runChores({ ...deps, now: () => Date.now() + hours * 3_700_000 })
    expect(await rowsIn('reports')).toBe(4)
    expect(await discardsOf(staff)).toMatchObject([{ id, removed: 0, withdrawnBy: colleague.id }])
    expect(await rowsOfWholeChain()).not.toBeNull()
    expect(Counts.parse(await (await getAs(staff, 'counts')).json()).discard).toBeNull()
  })

  test('A discard that has ended, or that nobody signed, cannot be withdrawn', async () => {
    const { id } = await discardAs(staff)
    await withdrawAs(colleague, id)
    const before = await rowsIn('ledger')
    await expectRefusal(await withdrawAs(staff, id), 409, 'discard_ended')
    await expectRefusal(await withdrawAs(staff, noise(16)), 404, 'not_found')
    expect(await rowsIn('ledger')).toBe(before)
  })

  test('A withdrawal that names another discard is refused', async () => {
    const { id } = await discardAs(staff)
    const body = await signed(staff, 'discard.withdraw', id, { discard: noise(16) })
    const answer = await asStaff(`discards/${id}/withdraw`, 'POST', body, staff.cookie)
    await expectRefusal(answer, 400, 'malformed')
  })
})
