// Changes many cases in one request. Each case has its own row and its own outcome.
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { BULK_MAX, CaseHeads, CaseOutcomes, type CaseChanges } from '#protocol/staff/list/bulk'
import { KIND } from '#protocol/report/envelope'
import {
  changeAs,
  countsFor,
  freshCasework,
  openedBy,
  take,
  type Casework,
} from '../support/casework.ts'
import { rowsOfWholeChain } from '../support/chains.ts'
import { countingDb } from '../support/counting-db.ts'
import {
  ask,
  db,
  expectRefusal,
  idOf,
  rowsIn,
  sealed,
  STAFF_ORIGIN,
  submit,
} from '../support/edge.ts'
import { asStaff, noise, person, signed, type Person } from '../support/staff.ts'

type Asked = CaseChanges['changes'][number]

let made: Casework
let staff: Person
beforeEach(async () => {
  made = await freshCasework()
  staff = made.staff
})

/** Sends a report and returns its id. */
async function another(): Promise<string> {
  const envelope = await sealed(made.org)
  await submit(envelope)
  return idOf(envelope)
}

const status = async (id: string, change: object = take): Promise<Asked> => ({
  ...{ case: id, action: 'status.set' },
  signed: await signed(staff, 'status.set', id, change),
})

const assign = async (id: string, to: string | null, from: string | null = null, more = {}) => ({
  ...{ case: id, action: 'case.assign' as const },
  signed: await signed(staff, 'case.assign', id, { from, to, isGranted: false, ...more }),
})

const send = (changes: Asked[], who = staff) =>
  asStaff('cases/changes', 'POST', { changes }, who.cookie)

/** Sends changes and returns the codes of their outcomes. */
async function codes(changes: Asked[]) {
  const { results } = CaseOutcomes.parse(await (await send(changes)).json())
  expect(results.map((each) => each.case)).toEqual(changes.map((each) => each.case))
  return results.map(({ code }) => code)
}

describe('many changes', () => {
  test('A reader closes, takes up and assigns many cases at once, one row each', async () => {
    const [other, third] = [await another(), await another()]
    const colleague = await person('intake')
    await db.prepare("UPDATE reports SET waits_for = 'person', waits_since = '2026-01-02'").run()
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'spam' }
    const asked = [
      await status(made.id, closing),
      await status(other),
      await assign(third, colleague.id),
    ]
    expect(await codes(asked)).toEqual([null, null, null])
    expect((await openedBy(staff, made.id)).item).toMatchObject({
      ...{ status: 'closed', closeReason: 'spam', rows: 1 },
    })
    expect((await openedBy(staff, other)).item).toMatchObject({
      ...{ status: 'in_progress', waitsFor: 'person', closeReason: null },
    })
    // A case that has been given to another colleague waits for the staff.
    const { item } = await openedBy(staff, third)
    expect(item).toMatchObject({ assignee: colleague.id, waitsFor: 'us' })
    expect(item.waitsSince).not.toBe('2026-01-02')
    expect(await countsFor(staff)).toMatchObject({ new: 1, in_progress: 1, closed: 1 })
    for (const id of [made.id, other, third]) expect(await rowsOfWholeChain(id)).toBe(1)
  })

  test('A reader reopens a closed case, which then waits for us since the same day', async () => {
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'helped' }
    await db.prepare("UPDATE reports SET waits_since = '2026-01-02'").run()
    await changeAs(staff, 'status.set', made.id, closing)
    const reopening = { from: 'closed', to: 'in_progress', followUps: 0 }
    expect(await codes([await status(made.id, reopening)])).toEqual([null])
    expect((await openedBy(staff, made.id)).item).toMatchObject({
      ...{ status: 'in_progress', closeReason: null, waitsFor: 'us', waitsSince: '2026-01-02' },
    })
  })

  test('Forty changes take few statements, and a second try does nothing', async () => {
    const ids = [made.id]
    while (ids.length < BULK_MAX) ids.push(await another())
    const changes = await Promise.all(ids.map((id) => status(id)))
    const { db: counted, tally } = countingDb(db)
    const json = { 'content-type': 'application/json' }
    const headers = { ...json, origin: STAFF_ORIGIN, cookie: staff.cookie }
    const body = JSON.stringify({ changes })
    const path = '/api/staff/cases/changes'
    const answer = await ask(path, { method: 'POST', body, headers }, { DB: counted })
    const { results } = CaseOutcomes.parse(await answer.json())
    expect(results.map(({ code }) => code)).toEqual(Array(BULK_MAX).fill(null))
    console.log('bulk of 40:', tally)
    expect(tally.queries).toBeLessThanOrEqual(12)
    expect(await rowsIn('case_log')).toBe(BULK_MAX)
    // The response was lost, so the browser sends the same rows again.
    expect(new Set(await codes(changes))).toEqual(new Set([null]))
    expect(await rowsIn('case_log')).toBe(BULK_MAX)
  })

  test('A change that is sent again after a colleague went on changes nothing', async () => {
    const asked = await status(made.id)
    expect(await codes([asked])).toEqual([null])
    await changeAs(staff, 'status.set', made.id, { from: 'in_progress', to: 'new', followUps: 0 })
    expect(await codes([asked])).toEqual(['chain_moved'])
    expect((await openedBy(staff, made.id)).item).toMatchObject({ status: 'new', rows: 2 })
  })
})

describe('refusals', () => {
  test('Each refusal names its case, and does not stop any other case', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, another))
    const [a, b, c, d, e, f, g, h, last] = ids
    if (!a || !b || !c || !d || !e || !f || !g || !h || !last) throw new Error('few cases')
    const caseworker = await person('caseworker')
    const unsigned = await status(a)
    const moved = await status(b)
    await changeAs(
      staff,
      'case.assign',
      b,
      { from: null, to: staff.id, isGranted: false },
      {
        grants: [],
      },
    )
    const changes = [
      { ...unsigned, case: c },
      moved,
      await status(d, { ...take, from: 'in_progress', to: 'new' }),
      await status(e, { ...take, followUps: 1 }),
      await status(f, { ...take, to: 'closed' }),
      await status(noise(16)),
      await assign(g, caseworker.id),
      await assign(h, staff.id, caseworker.id),
      await assign(made.id, staff.id, null, { isGranted: true }),
      await status(last),
    ]
    expect(await codes(changes)).toEqual([
      'signature_refused',
      'chain_moved',
      'status_changed',
      'report_grew',
      'malformed',
      'not_found',
      'person_unknown',
      'assignee_changed',
      'malformed',
      null,
    ])
    expect(await rowsIn('case_log')).toBe(2)
    expect((await openedBy(staff, last)).item.status).toBe('in_progress')
  })

  test('A follow-up that came in the meantime refuses the change of its case only', async () => {
    const other = await another()
    const changes = [await status(made.id), await status(other)]
    const followUp = await sealed(made.org, { ...made.known.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(made.known.keys.write) })
    expect(await codes(changes)).toEqual(['report_grew', null])
  })

  test('A merged case is refused with case_merged', async () => {
    const other = await another()
    await db
      .prepare('UPDATE reports SET merged_into = ? WHERE id = ?')
      .bind(fromB64(made.id), fromB64(other))
      .run()
    expect(await codes([await status(other), await assign(made.id, staff.id)])).toEqual([
      'case_merged',
      null,
    ])
  })

  test('An assignment with a reason is refused among many changes', async () => {
    const reason = { keyNo: 1, entryHash: noise(32) }
    expect(await codes([await assign(made.id, staff.id, null, { reason })])).toEqual(['malformed'])
  })

  test('Two changes of one case, no change or forty-one are malformed', async () => {
    const one = await status(made.id)
    for (const changes of [[one, one], [], Array<Asked>(BULK_MAX + 1).fill(one)])
      await expectRefusal(await send(changes), 400, 'malformed')
    const wrong = { ...one, action: 'key.make' } as unknown as Asked
    await expectRefusal(await send([wrong]), 400, 'malformed')
    expect(await rowsIn('case_log')).toBe(0)
  })

  test('A caseworker and an admin cannot change cases in this way', async () => {
    for (const role of ['caseworker', 'admin'] as const) {
      const who = await person(role)
      await expectRefusal(await send([await status(made.id)], who), 403, 'not_allowed')
      const heads = await asStaff('cases/heads', 'POST', { cases: [made.id] }, who.cookie)
      await expectRefusal(heads, 403, 'not_allowed')
    }
    expect(await rowsIn('case_log')).toBe(0)
  })
})

test('The heads of many cases come in the order of the request, zeros without a row', async () => {
  const [other, unknown] = [await another(), noise(16)]
  await changeAs(staff, 'status.set', other, take)
  const cases = [unknown, other, made.id]
  const answer = await asStaff('cases/heads', 'POST', { cases }, staff.cookie)
  const zeros = toB64(new Uint8Array(32))
  const { heads } = CaseHeads.parse(await answer.json())
  expect(heads.map((each) => each.case)).toEqual(cases)
  expect(heads.map(({ head }) => head === zeros)).toEqual([true, false, true])
  const malformed = await asStaff('cases/heads', 'POST', { cases: ['x'] }, staff.cookie)
  await expectRefusal(malformed, 400, 'malformed')
})
