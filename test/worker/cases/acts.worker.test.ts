// Checks three projections of the case log. The first shows who gave the case to a colleague, and
// the second shows the day of the danger. The third shows whether the staff have acted since the
// person last wrote.
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
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
import { today } from '../support/chains.ts'
import { db, expectRefusal, idOf, reporter, sealed, submit } from '../support/edge.ts'
import { noise, person, type Person } from '../support/staff.ts'
import { assignAs, dangerAs, giveTo, mergeAs, recordAs } from '../support/teamwork.ts'

let made: Casework
let staff: Person
let colleague: Person
let id: string
beforeEach(async () => {
  made = await freshCasework()
  ;({ staff, id } = made)
  colleague = await person('intake')
  await makeKeyAs(staff, id)
})

const itemOf = async (of = id) => (await openedBy(staff, of)).item
const hasActed = async () => (await itemOf()).acted
const givenBy = async () => (await itemOf()).givenBy
const reply = (followUps: number, index = 0) =>
  replyAs(staff, id, { index, sealed: noise(4096), followUps })

/** Adds a follow-up from the reporter. */
async function follow(danger = false): Promise<void> {
  const followUp = await sealed(made.org, { ...made.known.hashes, kind: KIND.followUp, danger })
  await submit(followUp, { 'oasis-write': toB64(made.known.keys.write) })
}

describe('acted', () => {
  test('A reply, an entry, a danger, taking up and taking the case are acts', async () => {
    const acts = [
      () => reply(0),
      () => addEntryAs(staff, id, { followUps: 0 }),
      () => dangerAs(staff, id, { followUps: 0 }),
      () => dangerAs(staff, id, { danger: false, followUps: 0 }),
      () => changeAs(staff, 'status.set', id, take),
      () => assignAs(staff, id, { to: staff.id, followUps: 0 }),
    ]
    for (const act of acts) {
      await db.prepare("UPDATE reports SET acted_follow_ups = NULL, status = 'new'").run()
      expect(await hasActed()).toBe(false)
      expect((await act()).status).toBeLessThan(300)
      expect([act.toString(), await hasActed()]).toEqual([act.toString(), true])
    }
  })

  test('Reading, a record, closing and giving the case to a colleague are no act', async () => {
    const { envelope } = await openedBy(staff, id)
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'helped' }
    for (const answer of [
      await takeAs(staff, id, [fromB64(envelope)]),
      await makeKeyAs(staff, id, { keyNo: 2 }),
      await recordAs(staff, id, { keyNo: 2 }),
      await assignAs(staff, id, { to: colleague.id, followUps: 0 }),
      await addEntryAs(staff, id, { keyNo: 2 }),
      await changeAs(staff, 'status.set', id, closing),
    ]) {
      expect(answer.status).toBeLessThan(300)
      expect(await hasActed()).toBe(false)
    }
  })

  test('An act counts until the person writes, and only if its author read all of it', async () => {
    await addEntryAs(staff, id, { followUps: 0 })
    expect(await hasActed()).toBe(true)
    await follow()
    expect(await hasActed()).toBe(false)
    await addEntryAs(colleague, id, { followUps: 0 })
    expect(await hasActed()).toBe(false)
    await reply(1)
    expect(await hasActed()).toBe(true)
    // An entry by a colleague with an older view does not undo the act.
    await addEntryAs(colleague, id, { followUps: 0 })
    expect(await hasActed()).toBe(true)
  })

  test('Whoever takes the case over a letter that they have not read has not acted', async () => {
    await follow()
    expect((await assignAs(staff, id, { to: staff.id, followUps: 0 })).status).toBe(204)
    expect([(await itemOf()).assignee, await hasActed()]).toEqual([staff.id, false])
    const given = { from: staff.id, to: colleague.id, followUps: 0 }
    await expectRefusal(await assignAs(staff, id, given), 409, 'report_grew')
  })

  test('A merged case counts as without an act until somebody acts on all of it', async () => {
    const known = await reporter()
    const envelope = await sealed(made.org, known.hashes)
    await submit(envelope)
    const other = await idOf(envelope)
    await makeKeyAs(staff, other)
    for (const each of [id, other]) await addEntryAs(staff, each, { followUps: 0 })
    expect((await itemOf(other)).acted).toBe(true)
    await mergeAs(staff, id, other)
    expect(await itemOf(other)).toMatchObject({ acted: false, danger: true })
    await addEntryAs(staff, other, { followUps: 0 })
    expect((await itemOf(other)).acted).toBe(true)
    await follow()
    expect((await itemOf(other)).acted).toBe(false)
  })
})

describe('given', () => {
  test('A given case names the giver until the colleague writes, but not for reading', async () => {
    await assignAs(staff, id, { to: colleague.id })
    expect(await givenBy()).toBe(staff.id)
    await makeKeyAs(colleague, id, { keyNo: 2 })
    await addEntryAs(staff, id, { keyNo: 2 })
    expect(await givenBy()).toBe(staff.id)
    await recordAs(colleague, id, { keyNo: 2 })
    expect(await givenBy()).toBeNull()
  })

  test('Taking up, taking back and passing on end the gift or begin another', async () => {
    await assignAs(staff, id, { to: colleague.id })
    await changeAs(colleague, 'status.set', id, take)
    expect(await givenBy()).toBeNull()
    await assignAs(colleague, id, { from: colleague.id, to: staff.id })
    expect(await givenBy()).toBe(colleague.id)
    await assignAs(colleague, id, { from: staff.id, to: colleague.id })
    expect(await givenBy()).toBeNull()
    await assignAs(staff, id, { from: colleague.id, to: staff.id })
    expect(await givenBy()).toBeNull()
    await assignAs(staff, id, { from: staff.id, to: null })
    expect(await givenBy()).toBeNull()
  })

  test('A given case in progress is taken once, and only by whoever it was given to', async () => {
    const again = { from: 'in_progress', to: 'in_progress', followUps: 0 }
    await changeAs(staff, 'status.set', id, take)
    await assignAs(staff, id, { to: colleague.id })
    expect(await givenBy()).toBe(staff.id)
    await expectRefusal(await changeAs(staff, 'status.set', id, again), 409, 'status_changed')
    expect((await changeAs(colleague, 'status.set', id, again)).status).toBe(204)
    expect(await itemOf()).toMatchObject({ status: 'in_progress', givenBy: null, acted: true })
    await expectRefusal(await changeAs(colleague, 'status.set', id, again), 409, 'status_changed')
    const closed = { ...again, reason: 'helped' }
    await expectRefusal(await changeAs(colleague, 'status.set', id, closed), 400, 'malformed')
  })

  test('A given case with an unread letter is not taken', async () => {
    const again = { from: 'in_progress', to: 'in_progress', followUps: 0 }
    await changeAs(staff, 'status.set', id, take)
    await assignAs(staff, id, { to: colleague.id, followUps: 0 })
    await follow()
    const answer = await changeAs(colleague, 'status.set', id, again)
    await expectRefusal(answer, 409, 'report_grew')
    expect(await givenBy()).toBe(staff.id)
  })

  test('A case that was given and not taken still waits for us', async () => {
    await giveTo(staff, id, await person('caseworker'))
    expect(await itemOf()).toMatchObject({ waitsFor: 'us', givenBy: staff.id, acted: false })
  })

  test('A case that waited for the person waits for us once a colleague gets it', async () => {
    const colleague = await person('intake')
    const reply = () =>
      db.prepare("UPDATE reports SET waits_for = 'person', waits_since = '2026-01-01'").run()
    await reply()
    await assignAs(staff, id, { to: staff.id })
    expect(await itemOf()).toMatchObject({ waitsFor: 'person', waitsSince: '2026-01-01' })
    await assignAs(staff, id, { from: staff.id, to: colleague.id })
    expect(await itemOf()).toMatchObject({ waitsFor: 'us', waitsSince: today() })
    await reply()
    await assignAs(colleague, id, { from: colleague.id, to: null })
    expect(await itemOf()).toMatchObject({ waitsFor: 'person', waitsSince: '2026-01-01' })
  })
})

describe('the day of the danger', () => {
  const dangerDay = async () => (await itemOf()).dangerDay
  const longAgo = (day: string) =>
    db.prepare('UPDATE reports SET received_day = ?, danger_day = NULL').bind(day).run()

  test('The danger dates from its letter until a colleague confirms it', async () => {
    await longAgo('2026-01-02')
    expect(await dangerDay()).toBe('2026-01-02')
    await addEntryAs(staff, id, { followUps: 0 })
    expect(await dangerDay()).toBe('2026-01-02')
    await dangerAs(staff, id)
    expect(await dangerDay()).toBe(today())
    await dangerAs(staff, id, { danger: false })
    expect(await dangerDay()).toBeNull()
  })

  test('A follow-up that says danger is a newer day, and another follow-up is not', async () => {
    await longAgo('2026-01-02')
    await follow()
    expect(await dangerDay()).toBe('2026-01-02')
    await follow(true)
    expect(await dangerDay()).toBe(today())
  })

  test('A merged case has the newer day of both dangers', async () => {
    const envelope = await sealed(made.org, { ...(await reporter()).hashes, danger: true })
    await submit(envelope)
    const other = await idOf(envelope)
    await db.prepare("UPDATE reports SET received_day = '2026-01-02'").run()
    await db.prepare("UPDATE reports SET danger_day = '2026-03-04' WHERE kind = 2").run()
    await mergeAs(staff, id, other)
    expect((await itemOf(other)).dangerDay).toBe('2026-03-04')
  })
})
