// Tests giving cases to colleagues and taking the cases back.
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { LeftCases } from '#protocol/staff/list/case-pages'
import { GROUPS, linePlaceOf } from '#protocol/staff/list/rank'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Queue } from '#protocol/staff/list/queue'
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
import { db, expectRefusal, idOf, rowsIn, sealed, submit } from '../support/edge.ts'
import { getAs, newcomer, noise, person, signed, asStaff, type Person } from '../support/staff.ts'
import { assignAs, dangerAs, giveTo, grantOf, recordAs, seenAs } from '../support/teamwork.ts'

let made: Casework
let staff: Person
let id: string
let caseworker: Person
beforeEach(async () => {
  made = await freshCasework()
  ;({ staff, id } = made)
  caseworker = await person('caseworker')
  await makeKeyAs(staff, id)
})

const queueOf = async (who: Person): Promise<Queue> =>
  Queue.parse(await (await getAs(who, 'reports')).json())

/** Sends a report and returns its id. */
async function another(): Promise<string> {
  const envelope = await sealed(made.org)
  await submit(envelope)
  return idOf(envelope)
}

/** Adds a follow-up from the reporter. */
async function follow(): Promise<void> {
  const followUp = await sealed(made.org, { ...made.known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(made.known.keys.write) })
}

describe('assigning', () => {
  test('A reader gives a case to a reader without copies, and takes it back', async () => {
    const colleague = await person('intake')
    expect((await assignAs(staff, id, { to: colleague.id })).status).toBe(204)
    expect((await queueOf(staff)).items[0]).toMatchObject({ id, assignee: colleague.id })
    expect((await assignAs(staff, id, { from: colleague.id, to: null })).status).toBe(204)
    expect((await openedBy(staff, id)).item.assignee).toBeNull()
    expect([await rowsIn('case_grants'), await rowsOfWholeChain(id)]).toEqual([0, 3])
  })

  test('A caseworker gets a case with a copy of each key, and no less and no more', async () => {
    await makeKeyAs(staff, id, { keyNo: 2 })
    const given = { to: caseworker.id, isGranted: true }
    const [one, two, three] = [1, 2, 3].map((keyNo) => grantOf(id, keyNo))
    if (!one || !two || !three) throw new Error('a copy is missing')
    for (const grants of [[], [one], [one, one], [one, two, three], [one, grantOf(noise(16), 2)]])
      await expectRefusal(await assignAs(staff, id, { ...given, grants }), 409, 'case_key_changed')
    expect([await rowsIn('case_grants'), await rowsIn('case_log')]).toEqual([0, 2])
    expect((await assignAs(staff, id, { ...given, grants: [two, one] })).status).toBe(204)
    const { grants } = await openedBy(caseworker, id)
    expect(grants).toEqual([one, two])
    expect((await openedBy(staff, id)).grants).toEqual([])
  })

  test('Whoever has a case gives it back, and it waits for us again', async () => {
    await giveTo(staff, id, caseworker)
    await db.prepare("UPDATE reports SET waits_for = 'person', waits_since = '2026-01-01'").run()
    expect((await changeAs(caseworker, 'case.return', id, {})).status).toBe(204)
    const { item, grants } = await openedBy(staff, id)
    expect(item).toMatchObject({ assignee: null, waitsFor: 'us' })
    expect(item.waitsSince).not.toBe('2026-01-01')
    expect([grants, await rowsIn('case_grants')]).toEqual([[], 0])
    await expectRefusal(await changeAs(caseworker, 'case.return', id, {}), 404, 'not_found')
    // The caseworker has this key, so no new entry may be sealed under it.
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    await makeKeyAs(staff, id, { keyNo: 2 })
    await assignAs(staff, id, { to: staff.id })
    expect((await addEntryAs(staff, id, { keyNo: 2 })).status).toBe(201)
  })

  test('A case that waited for us keeps its day when it is given back', async () => {
    await assignAs(staff, id, { to: staff.id })
    await db.prepare("UPDATE reports SET waits_since = '2026-01-01'").run()
    expect((await changeAs(staff, 'case.return', id, {})).status).toBe(204)
    expect((await openedBy(staff, id)).item).toMatchObject({ waitsSince: '2026-01-01' })
  })

  test('Nobody gives back a case that another person has, or that nobody has', async () => {
    const colleague = await person('intake')
    await expectRefusal(await changeAs(staff, 'case.return', id, {}), 409, 'assignee_changed')
    await assignAs(staff, id, { to: colleague.id })
    await expectRefusal(await changeAs(staff, 'case.return', id, {}), 409, 'assignee_changed')
    await expectRefusal(await changeAs(staff, 'case.return', noise(16), {}), 404, 'not_found')
    expect((await openedBy(staff, id)).item.assignee).toBe(colleague.id)
  })

  test('A case goes only to people who read reports or work on cases', async () => {
    const admin = await person('admin')
    const waiting = await newcomer('caseworker')
    for (const to of [admin.id, waiting.id, noise(16)])
      await expectRefusal(await assignAs(staff, id, { to }), 404, 'person_unknown')
    expect(await rowsIn('case_log')).toBe(1)
  })

  test('An assignment that says another thing than it does is malformed', async () => {
    const grants = [grantOf(id)]
    for (const wrong of [
      { to: null },
      { to: caseworker.id, grants },
      { to: caseworker.id },
      { to: staff.id, isGranted: true },
      { to: staff.id, grants },
      { from: staff.id, to: null, isGranted: true },
    ])
      await expectRefusal(await assignAs(staff, id, wrong), 400, 'malformed')
    expect(await rowsIn('case_log')).toBe(1)
  })

  test('Of two readers who assign at once, one gets assignee_changed', async () => {
    const colleague = await person('intake')
    await assignAs(staff, id, { to: staff.id })
    await expectRefusal(
      await assignAs(colleague, id, { to: colleague.id }),
      409,
      'assignee_changed',
    )
    expect((await openedBy(staff, id)).item.assignee).toBe(staff.id)
    const unknown = await assignAs(staff, noise(16), { to: staff.id })
    await expectRefusal(unknown, 404, 'not_found')
    expect(await rowsIn('case_log')).toBe(2)
  })

  test('A key that a colleague makes before the assignment refuses the stale one', async () => {
    const change = { from: null, to: caseworker.id, isGranted: true }
    const stale = await signed(staff, 'case.assign', id, change)
    await makeKeyAs(staff, id, { keyNo: 2 })
    for (const grants of [[grantOf(id)], [grantOf(id), grantOf(id, 2)]]) {
      const path = `reports/${id}/assignee`
      const answer = await asStaff(path, 'PUT', { signed: stale, grants }, staff.cookie)
      const code = grants.length === 1 ? 'case_key_changed' : 'chain_moved'
      await expectRefusal(answer, 409, code)
    }
    expect(await rowsIn('case_grants')).toBe(0)
  })

  test('A reason is stored as the entry of the row that gives the case', async () => {
    const reason = { sealed: noise(540) }
    const given = { to: caseworker.id, isGranted: true, grants: [grantOf(id)], reason }
    expect((await assignAs(staff, id, given)).status).toBe(204)
    const { item, entries, log } = await openedBy(caseworker, id)
    expect(item.assignee).toBe(caseworker.id)
    expect(entries).toEqual([{ n: log.length, sealed: reason.sealed }])
  })

  test('A refused assignment stores no reason', async () => {
    const reason = { sealed: noise(540) }
    const given = { to: caseworker.id, isGranted: true, grants: [grantOf(id)], reason }
    await follow()
    const { to } = given
    const stale = { ...given, followUps: 0 }
    await expectRefusal(await assignAs(staff, id, stale), 409, 'report_grew')
    const wrongKey = { ...given, reason: { ...reason, keyNo: 2 } }
    await expectRefusal(await assignAs(staff, id, wrongKey), 409, 'case_key_changed')
    const elsewhere = { ...given, from: noise(16) }
    await expectRefusal(await assignAs(staff, id, elsewhere), 409, 'assignee_changed')
    const change = { from: null, to, isGranted: true }
    const named = { ...change, reason: { keyNo: 1, entryHash: noise(32) } }
    const grants = [grantOf(id)]
    const bodies = [
      [change, { grants, reason: reason.sealed }, 400, 'malformed'],
      [named, { grants }, 400, 'malformed'],
      [named, { grants, reason: reason.sealed }, 403, 'signature_refused'],
    ] as const
    for (const [said, beside, status, code] of bodies)
      await expectRefusal(await changeAs(staff, 'case.assign', id, said, beside), status, code)
    expect([await rowsIn('case_entries'), await rowsIn('case_log')]).toEqual([0, 1])
    expect((await assignAs(staff, id, { ...given, followUps: 1 })).status).toBe(204)
  })

  test('A new key has a copy if a caseworker has the case, and otherwise none', async () => {
    const grant = grantOf(id, 2).sealed
    await expectRefusal(await makeKeyAs(staff, id, { keyNo: 2, grant }), 409, 'case_key_changed')
    await giveTo(staff, id, caseworker)
    await expectRefusal(await makeKeyAs(staff, id, { keyNo: 2 }), 409, 'case_key_changed')
    expect((await makeKeyAs(staff, id, { keyNo: 2, grant })).status).toBe(201)
    expect((await openedBy(caseworker, id)).grants).toMatchObject([
      { keyNo: 1 },
      { keyNo: 2, sealed: grant },
    ])
  })
})

describe('a caseworker', () => {
  test('R21: A caseworker lists, counts and opens their own cases only', async () => {
    const other = await another()
    expect((await queueOf(caseworker)).items).toEqual([])
    await expectRefusal(await getAs(caseworker, `reports/${id}`), 404, 'not_found')
    await giveTo(staff, id, caseworker)
    await follow()
    const { items, next, arrivals } = await queueOf(caseworker)
    expect([items.map((item) => item.id), next]).toEqual([[id], null])
    expect(arrivals).toEqual({ reports: 1, followUps: 1 })
    expect(await countsFor(caseworker)).toEqual({
      ...{ new: 1, in_progress: 0, closed: 0, danger: 1, waiting: null, aside: null },
    })
    const counted = await getAs(caseworker, `counts?report=${id}`)
    expect(await counted.json()).toMatchObject({ report: { id, followUps: 1 }, discard: null })
    for (const path of [`reports/${other}`, `reports/${other}/head`, `counts?report=${other}`])
      await expectRefusal(await getAs(caseworker, path), 404, 'not_found')
    for (const path of ['lines?since=2026-01-01', 'case-keys?generation=1', 'letters/untaken'])
      await expectRefusal(await getAs(caseworker, path), 403, 'not_allowed')
  })

  test('A caseworker pages through their cases in the order of the queue', async () => {
    await db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
          owner_hash, envelope, assignee)
        SELECT randomblob(16), 1, i % 2, 1, i % 4, 'device', date('2026-01-01', i || ' days'),
          x'00', randomblob(32), x'00', ? FROM n`,
      )
      .bind(fromB64(caseworker.id))
      .run()
    const first = await queueOf(caseworker)
    const rest = Queue.parse(
      await (await getAs(caseworker, `reports?after=${first.next ?? ''}`)).json(),
    )
    expect([first.items.length, rest.items.length, rest.next]).toEqual([50, 10, null])
    const all = [...first.items, ...rest.items]
    expect(new Set(all.map((item) => item.id)).size).toBe(60)
    const at = { today: today(), isFlood: false }
    const groups = all.map((item) => GROUPS.indexOf(linePlaceOf(item, at).group))
    expect(groups).toEqual([...groups].sort((a, b) => a - b))
  })

  test('A caseworker writes in their own case, but cannot make keys or take letters', async () => {
    await giveTo(staff, id, caseworker)
    expect((await changeAs(caseworker, 'status.set', id, take)).status).toBe(204)
    expect((await addEntryAs(caseworker, id)).status).toBe(201)
    expect((await recordAs(caseworker, id)).status).toBe(204)
    expect((await dangerAs(caseworker, id, { danger: false })).status).toBe(204)
    const reply = { index: 0, sealed: noise(4096), followUps: 0 }
    expect((await replyAs(caseworker, id, reply)).status).toBe(201)
    expect((await seenAs(caseworker, id, 0, 7)).status).toBe(204)
    const rows = await rowsIn('case_log')
    const envelope = fromB64((await openedBy(staff, id)).envelope)
    for (const refused of [
      await makeKeyAs(caseworker, id, { keyNo: 2, grant: grantOf(id).sealed }),
      await takeAs(caseworker, id, [envelope]),
      await assignAs(caseworker, id, { from: caseworker.id, to: null }),
    ])
      await expectRefusal(refused, 403, 'not_allowed')
    expect([await rowsIn('case_log'), await rowsOfWholeChain(id)]).toEqual([rows, rows])
  })

  test.each(['the case goes to a reader', 'the case goes to another caseworker'])(
    'R36: A caseworker can no longer read or write anything after %s',
    async (how) => {
      await giveTo(staff, id, caseworker)
      await addEntryAs(caseworker, id)
      const second = await person('caseworker')
      const given = how.endsWith('reader')
        ? await assignAs(staff, id, { from: caseworker.id, to: staff.id })
        : await giveTo(staff, id, second, caseworker.id)
      expect(given.status).toBe(204)
      const before = [await rowsIn('case_log'), await rowsIn('case_entries'), await rowsIn('reads')]
      for (const refused of [
        await getAs(caseworker, `reports/${id}`),
        await getAs(caseworker, `reports/${id}/head`),
        await changeAs(caseworker, 'status.set', id, take),
        await addEntryAs(caseworker, id),
        await recordAs(caseworker, id),
        await dangerAs(caseworker, id),
        await replyAs(caseworker, id, { index: 0, sealed: noise(4096), followUps: 0 }),
        await seenAs(caseworker, id, 1, 1),
      ])
        await expectRefusal(refused, 404, 'not_found')
      expect((await queueOf(caseworker)).items).toEqual([])
      const after = [await rowsIn('case_log'), await rowsIn('case_entries'), await rowsIn('reads')]
      expect(after).toEqual(before)
      const holders = await db.prepare('SELECT person FROM case_grants').all<{ person: number[] }>()
      const left = how.endsWith('reader') ? [] : [second.id]
      expect(holders.results.map((row) => toB64(Uint8Array.from(row.person)))).toEqual(left)
    },
  )

  test('R36: The key that a former caseworker knows takes nothing; a new key does', async () => {
    await giveTo(staff, id, caseworker)
    expect((await addEntryAs(staff, id)).status).toBe(201)
    await assignAs(staff, id, { from: caseworker.id, to: null })
    const envelope = fromB64((await openedBy(staff, id)).envelope)
    for (const refused of [
      await addEntryAs(staff, id),
      await recordAs(staff, id),
      await dangerAs(staff, id),
      await takeAs(staff, id, [envelope]),
    ])
      await expectRefusal(refused, 409, 'case_key_changed')
    expect((await makeKeyAs(staff, id, { keyNo: 2 })).status).toBe(201)
    for (const held of [
      await addEntryAs(staff, id, { keyNo: 2 }),
      await recordAs(staff, id, { keyNo: 2 }),
      await dangerAs(staff, id, { keyNo: 2 }),
      await takeAs(staff, id, [envelope], 2),
    ])
      expect(held.ok).toBe(true)
  })

  test('R36: A removed caseworker leaves no copy, and the case must be given away', async () => {
    await giveTo(staff, id, caseworker)
    await db.prepare('DELETE FROM people WHERE id = ?').bind(fromB64(caseworker.id)).run()
    expect([await rowsIn('case_grants'), await rowsIn('reads')]).toEqual([0, 0])
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    expect((await assignAs(staff, id, { from: caseworker.id, to: null })).status).toBe(204)
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    await makeKeyAs(staff, id, { keyNo: 2 })
    expect((await addEntryAs(staff, id, { keyNo: 2 })).status).toBe(201)
  })

  test('A caseworker who also reads reports needs no copies and sees every case', async () => {
    const both = await person('intake', 'caseworker')
    expect((await assignAs(staff, id, { to: both.id })).status).toBe(204)
    const other = await another()
    expect((await getAs(both, `reports/${other}`)).status).toBe(200)
    StoredCase.parse(await (await getAs(both, `reports/${other}`)).json())
  })
})

describe('the cases of people who left', () => {
  const left = async (who: Person) =>
    LeftCases.parse(await (await getAs(who, 'cases/left')).json()).cases

  test('A case of a caseworker who left is listed until a reader takes it back', async () => {
    await giveTo(staff, id, caseworker)
    await assignAs(staff, await another(), { to: staff.id })
    expect(await left(staff)).toEqual([])
    await db.prepare('DELETE FROM people WHERE id = ?').bind(fromB64(caseworker.id)).run()
    expect(await rowsIn('case_grants')).toBe(0)
    expect(await left(staff)).toMatchObject([{ id, assignee: caseworker.id }])
    expect((await assignAs(staff, id, { from: caseworker.id, to: null })).status).toBe(204)
    expect(await left(staff)).toEqual([])
  })

  test('A caseworker does not learn whose cases are left', async () => {
    await expectRefusal(await getAs(caseworker, 'cases/left'), 403, 'not_allowed')
  })
})
