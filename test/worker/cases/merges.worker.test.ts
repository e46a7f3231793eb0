// Merges cases. Both logs receive a row in one transaction, and the surviving case has all threads.
//
//   first  ──key.make──case.merge──┐
//   second ──key.make──────────────case.absorb──answer.send (to the person of first)
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { contentOf } from '#protocol/report/letter-content'
import { MAX_REPORTS } from '#protocol/staff/case-log/changes'
import { LinesPage, Queue } from '#protocol/staff/list/queue'
import {
  addEntryAs,
  changeAs,
  countsFor,
  freshCasework,
  makeKeyAs,
  openedBy,
  replyAs,
  take,
  takeAs,
  type Casework,
} from '../support/casework.ts'
import { rowsOfWholeChain, today } from '../support/chains.ts'
import {
  db,
  expectRefusal,
  idOf,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Reporter,
} from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'
import {
  assignAs,
  dangerAs,
  giveTo,
  grantOf,
  mergeAs,
  mergingOf,
  recordAs,
} from '../support/teamwork.ts'

let made: Casework
let staff: Person
let first: string
let second: string
let secondReporter: Reporter
beforeEach(async () => {
  made = await freshCasework()
  staff = made.staff
  first = made.id
  secondReporter = await reporter()
  second = await arrived(secondReporter)
})

/** Sends a report from a person and returns its id. */
async function arrived(by?: Reporter): Promise<string> {
  const envelope = await sealed(made.org, (by ?? (await reporter())).hashes)
  await submit(envelope)
  return idOf(envelope)
}

/** Adds a follow-up from the person who wrote the first report. */
async function follow(by: Reporter = made.known) {
  const envelope = await sealed(made.org, { ...by.hashes, kind: KIND.followUp })
  await submit(envelope, { 'oasis-write': toB64(by.keys.write) })
  return envelope
}

const queue = async () => Queue.parse(await (await getAs(staff, 'reports')).json())
const merged = (from: string, into: string, parts = {}) => mergeAs(staff, from, into, parts)

describe('merging', () => {
  test('Both logs get their rows, and the list shows the surviving case', async () => {
    expect((await merged(first, second)).status).toBe(204)
    expect([await rowsOfWholeChain(first), await rowsOfWholeChain(second)]).toEqual([1, 1])
    const { items } = await queue()
    // The danger in the absorbed case now counts for the surviving case.
    expect(items).toMatchObject([{ id: second, absorbed: 1, danger: true, rows: 1 }])
    expect(items).toHaveLength(1)
    expect(await countsFor(staff)).toMatchObject({ new: 1, danger: 1 })
    expect(await openedBy(staff, first)).toMatchObject({ mergedInto: second, absorbed: [] })
    expect(await openedBy(staff, second)).toMatchObject({ mergedInto: null, absorbed: [first] })
  })

  test('The changes of both since a day are listed, the ended case by its id', async () => {
    await merged(first, second)
    const answer = await getAs(staff, `lines?since=${today()}`)
    const page = LinesPage.parse(await answer.json())
    expect(page.items.map(({ id }) => id)).toEqual([second])
    expect([page.merged, page.next]).toEqual([[first], null])
    const later = await getAs(staff, 'lines?since=2999-01-01')
    expect(await later.json()).toEqual({ items: [], merged: [], next: null })
    for (const wrong of ['lines', 'lines?since=today', 'lines?since=2026-01-01&after=x'])
      await expectRefusal(await getAs(staff, wrong), 400, 'malformed')
  })

  test('What waits for us, a closed case and a due day go on in the merged case', async () => {
    await makeKeyAs(staff, first)
    await addEntryAs(staff, first, { dueDay: '2026-12-01' })
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'helped' }
    await changeAs(staff, 'status.set', second, closing)
    await db.prepare("UPDATE reports SET received_day = '2026-01-05'").run()
    await merged(first, second)
    expect((await openedBy(staff, second)).item).toMatchObject({
      ...{ status: 'new', closeReason: null, waitsFor: 'us', waitsSince: '2026-01-05' },
      dueDay: '2026-12-01',
    })
    expect((await openedBy(staff, first)).item).toMatchObject({
      ...{ assignee: null, dueDay: null, closeReason: 'merged' },
    })
  })

  test('A case that absorbed others can be merged, and all go to the last case', async () => {
    const third = await arrived()
    await merged(first, second)
    await expectRefusal(await merged(second, third), 409, 'case_merged')
    expect((await merged(second, third, { also: [first] })).status).toBe(204)
    const { absorbed } = await openedBy(staff, third)
    expect([...absorbed].sort()).toEqual([first, second].sort())
    for (const id of [first, second]) expect((await openedBy(staff, id)).mergedInto).toBe(third)
    expect((await queue()).items.map(({ id, absorbed: count }) => [id, count])).toEqual([
      [third, 2],
    ])
    await follow()
    expect((await openedBy(staff, third)).item).toMatchObject({ followUps: 1 })
  })
})

test('A closed case that absorbs an open one waits as the open one did', async () => {
  const reply = { index: 0, sealed: noise(4096), followUps: 0 }
  await replyAs(staff, first, reply)
  await changeAs(staff, 'status.set', first, take)
  const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'helped' }
  await changeAs(staff, 'status.set', second, closing)
  await merged(first, second)
  expect((await openedBy(staff, second)).item).toMatchObject({
    ...{ status: 'in_progress', waitsFor: 'person', waitsSince: today() },
  })
})

test('Nobody closes, answers or lifts a danger over a merged report that is unread', async () => {
  await makeKeyAs(staff, second)
  await merged(first, second)
  const read = { followUps: 0, absorbed: 0 }
  const closing = { from: 'new', to: 'closed', ...read, reason: 'helped' }
  const sent = [
    await changeAs(staff, 'status.set', second, closing),
    await dangerAs(staff, second, { danger: false, ...read }),
    await replyAs(staff, second, { index: 0, sealed: noise(4096), ...read }),
  ]
  for (const answer of sent) await expectRefusal(answer, 409, 'report_grew')
  const change = { ...closing, absorbed: 1 }
  const many = async (each: typeof closing) => {
    const one = {
      case: second,
      action: 'status.set',
      signed: await signed(staff, 'status.set', second, each),
    }
    const answer = await asStaff('cases/changes', 'POST', { changes: [one] }, staff.cookie)
    return answer.json()
  }
  expect(await many(closing)).toEqual({ results: [{ case: second, code: 'report_grew' }] })
  expect(await many(change)).toEqual({ results: [{ case: second, code: null }] })
})

describe('after merging', () => {
  beforeEach(async () => {
    await makeKeyAs(staff, first)
    await makeKeyAs(staff, second)
  })

  test('A follow-up in an absorbed thread sets the surviving case to new', async () => {
    await merged(first, second)
    await changeAs(staff, 'status.set', second, take)
    const reply = { index: 0, sealed: noise(4096), followUps: 0 }
    await replyAs(staff, second, reply)
    expect((await openedBy(staff, second)).item).toMatchObject({ waitsFor: 'person' })
    await follow()
    expect((await openedBy(staff, second)).item).toMatchObject({
      ...{ status: 'new', waitsFor: 'us', waitsSince: today(), followUps: 1 },
    })
    const stale = { from: 'new', to: 'in_progress', followUps: 0 }
    await expectRefusal(await changeAs(staff, 'status.set', second, stale), 409, 'report_grew')
    await follow(secondReporter)
    const read = { ...stale, followUps: 2 }
    expect((await changeAs(staff, 'status.set', second, read)).status).toBe(204)
  })

  test('A reply goes into an absorbed thread and into no thread of another case', async () => {
    const foreign = await arrived()
    await merged(first, second)
    await follow()
    const reply = { index: 0, sealed: noise(4096), report: first }
    await expectRefusal(await replyAs(staff, second, { ...reply, followUps: 0 }), 409, GREW)
    const sent = { ...reply, followUps: 1 }
    expect((await replyAs(staff, second, sent)).status).toBe(201)
    await expectRefusal(await replyAs(staff, second, sent), 409, 'slot_taken')
    expect((await openedBy(staff, first)).answers).toMatchObject([{ index: 0 }])
    expect((await openedBy(staff, second)).answers).toEqual([])
    for (const report of [foreign, noise(16)])
      await expectRefusal(await replyAs(staff, second, { ...sent, report }), 404, 'not_found')
    expect(await rowsIn('answers')).toBe(1)
  })

  test('A letter of an absorbed thread is taken into the surviving case', async () => {
    await merged(first, second)
    const later = await follow()
    expect((await takeAs(staff, second, [later])).status).toBe(204)
    const opened = await openedBy(staff, first)
    expect(fromB64(opened.followUps[0]?.envelope ?? '')).toEqual(contentOf(later))
    expect(opened.taken).toMatchObject([{ caseId: second, keyNo: 1 }])
    expect(opened.caseKeys).toEqual(
      expect.arrayContaining([expect.objectContaining({ caseId: second, keyNo: 1 })]),
    )
    const stranger = await sealed(made.org, (await reporter()).hashes)
    await submit(stranger)
    await expectRefusal(await takeAs(staff, second, [stranger]), 404, 'not_found')
  })

  test('The log of a merged case takes no row of any kind', async () => {
    await merged(first, second)
    const envelope = fromB64((await openedBy(staff, first)).envelope)
    for (const refused of [
      await changeAs(staff, 'status.set', first, take),
      await makeKeyAs(staff, first, { keyNo: 2 }),
      await takeAs(staff, first, [envelope]),
      await addEntryAs(staff, first),
      await recordAs(staff, first),
      await dangerAs(staff, first),
      await replyAs(staff, first, { index: 0, sealed: noise(4096), followUps: 0 }),
      await assignAs(staff, first, { to: staff.id }),
      await merged(first, second),
      await merged(second, first),
    ])
      await expectRefusal(refused, 409, 'case_merged')
    expect([await rowsOfWholeChain(first), await rowsOfWholeChain(second)]).toEqual([2, 2])
    expect([await rowsIn('case_entries'), await rowsIn('answers')]).toEqual([0, 0])
  })
})

describe('caseworkers', () => {
  let caseworker: Person
  beforeEach(async () => {
    caseworker = await person('caseworker')
    await makeKeyAs(staff, first)
    await makeKeyAs(staff, second)
  })

  test('The caseworker of the surviving case gets the keys of the other one', async () => {
    await giveTo(staff, second, caseworker)
    for (const grants of [
      [],
      [grantOf(second)],
      [grantOf(first, 2)],
      [grantOf(first), grantOf(first)],
    ])
      await expectRefusal(await merged(first, second, { grants }), 409, 'case_key_changed')
    expect((await merged(first, second, { grants: [grantOf(first)] })).status).toBe(204)
    const { grants, absorbed } = await openedBy(caseworker, second)
    expect([grants.length, absorbed]).toEqual([1, [first]])
    expect((await openedBy(caseworker, first)).grants).toMatchObject([{ caseId: first }])
    // A letter in the absorbed thread may need a key of the surviving case.
    await takeAs(staff, second, [await follow()])
    const names = (await openedBy(caseworker, first)).grants.map((each) => each.caseId)
    expect(names.sort()).toEqual([first, second].sort())
  })

  test('A refused assignment of an absorbed case leaves the caseworker their copies', async () => {
    await giveTo(staff, second, caseworker)
    expect((await merged(first, second, { grants: [grantOf(first)] })).status).toBe(204)
    await expectRefusal(await assignAs(staff, first, { to: staff.id }), 409, 'case_merged')
    await expectRefusal(await giveTo(staff, first, caseworker), 409, 'case_merged')
    expect((await openedBy(caseworker, first)).grants).toMatchObject([{ caseId: first }])
  })

  test('R36: The caseworker of the case that ends loses it with its copies', async () => {
    await giveTo(staff, first, caseworker)
    expect((await merged(first, second)).status).toBe(204)
    for (const id of [first, second])
      await expectRefusal(await getAs(caseworker, `reports/${id}`), 404, 'not_found')
    expect(await rowsIn('case_grants')).toBe(0)
  })

  test('A later assignment needs the keys of the absorbed cases too', async () => {
    await merged(first, second)
    const given = { to: caseworker.id, isGranted: true }
    const own = [grantOf(second)]
    await expectRefusal(
      await assignAs(staff, second, { ...given, grants: own }),
      409,
      'case_key_changed',
    )
    const grants = [...own, grantOf(first)]
    expect((await assignAs(staff, second, { ...given, grants })).status).toBe(204)
    await assignAs(staff, second, { from: caseworker.id, to: null })
    expect(await rowsIn('case_grants')).toBe(0)
  })

  test('A caseworker and an admin merge nothing', async () => {
    await giveTo(staff, second, caseworker)
    for (const who of [caseworker, await person('admin')])
      await expectRefusal(await mergeAs(who, first, second), 403, 'not_allowed')
  })
})

describe('refusals', () => {
  const untouched = async () => [await rowsIn('case_log'), (await queue()).items.length]

  test('A merge with itself, or whose rows do not fit together, is malformed', async () => {
    const parts = await mergingOf(staff, first, second)
    const foreign = await mergingOf(staff, second, first)
    const send = (body: object) => asStaff(`reports/${first}/merge`, 'POST', body, staff.cookie)
    await expectRefusal(await merged(first, first), 400, 'malformed')
    await expectRefusal(await merged(first, second, { head: noise(32) }), 400, 'malformed')
    await expectRefusal(
      await send({ ...parts, absorbed: foreign.absorbed }),
      403,
      'signature_refused',
    )
    await expectRefusal(await send({ ...parts, merged: foreign.merged }), 403, 'signature_refused')
    expect(await untouched()).toEqual([0, 2])
  })

  test('An unknown case on either side gets not_found', async () => {
    for (const [from, into] of [
      [first, noise(16)],
      [noise(16), first],
    ] as const)
      await expectRefusal(await merged(from, into), 404, 'not_found')
    expect(await untouched()).toEqual([0, 2])
  })

  test('A case that is full takes no other case', async () => {
    await db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
          owner_hash, envelope, merged_into)
        SELECT randomblob(16), 1, 0, 1, 0, 'device', '2026-01-01', x'00', randomblob(32), x'00', ?
          FROM n`,
      )
      .bind(MAX_REPORTS - 1, fromB64(second))
      .run()
    await expectRefusal(await merged(first, second), 409, 'case_full')
    expect(await untouched()).toEqual([0, 2])
  })

  test('A row that came to either log in the meantime refuses the whole merge', async () => {
    for (const busy of [first, second]) {
      const parts = await mergingOf(staff, first, second)
      await changeAs(staff, 'status.set', busy, take)
      const path = `reports/${first}/merge`
      await expectRefusal(await asStaff(path, 'POST', parts, staff.cookie), 409, 'chain_moved')
    }
    expect(await untouched()).toEqual([2, 2])
    expect(await rowsOfWholeChain(first)).toBe(1)
  })

  test('Of two merges at once that exclude each other, one is stored', async () => {
    const third = await arrived()
    const answers = await Promise.all([
      merged(first, second),
      merged(second, third),
      merged(third, first),
    ])
    const stored = answers.filter(({ status }) => status === 204).length
    expect(stored).toBeGreaterThan(0)
    expect(await rowsIn('case_log')).toBe(2 * stored)
    const chains = await db
      .prepare(
        `SELECT count(*) AS n FROM reports AS part JOIN reports AS head
          ON head.id = part.merged_into WHERE head.merged_into IS NOT NULL`,
      )
      .first<number>('n')
    expect(chains).toBe(0)
  })
})

const GREW = 'report_grew'
