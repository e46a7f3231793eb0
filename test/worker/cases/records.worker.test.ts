// Changes the records, the danger, the days and the marks of a case.
import { beforeEach, describe, expect, test } from 'vitest'
import { sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { MAX_RECORDS } from '#protocol/staff/case-log/changes'
import {
  addEntryAs,
  changeAs,
  countsFor,
  freshCasework,
  makeKeyAs,
  openedBy,
  replyAs,
  take,
  type Casework,
} from '../support/casework.ts'
import { today } from '../support/chains.ts'
import { db, expectRefusal, rowsIn, sealed, submit } from '../support/edge.ts'
import { noise, person, type Person } from '../support/staff.ts'
import { dangerAs, recordAs, seenAs, seenBackAs } from '../support/teamwork.ts'

let made: Casework
let staff: Person
let id: string
beforeEach(async () => {
  made = await freshCasework()
  ;({ staff, id } = made)
  await makeKeyAs(staff, id)
})

const opened = () => openedBy(staff, id)
const item = async () => (await opened()).item

/** Adds a follow-up from the reporter. */
async function follow(): Promise<void> {
  const followUp = await sealed(made.org, { ...made.known.hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(made.known.keys.write) })
}

describe('a record', () => {
  test('A record changes as a whole, and each record has revisions of its own', async () => {
    const [first, second, someone] = [noise(540), noise(2076), noise(8220)]
    for (const step of [
      { sealed: first },
      { revision: 2, sealed: second },
      { record: 1, sealed: someone },
    ])
      expect((await recordAs(staff, id, step)).status).toBe(204)
    expect((await opened()).records).toEqual([
      { record: 0, revision: 2, keyNo: 1, sealed: second },
      { record: 1, revision: 1, keyNo: 1, sealed: someone },
    ])
    expect(await rowsIn('case_log')).toBe(4)
  })

  test('A stale record gets record_changed, and the newer one stays', async () => {
    const newer = noise(540)
    await recordAs(staff, id, { sealed: newer })
    for (const revision of [1, 3])
      await expectRefusal(await recordAs(staff, id, { revision }), 409, 'record_changed')
    const [one, two] = await Promise.all([
      recordAs(staff, id, { revision: 2 }),
      recordAs(staff, id, { revision: 2 }),
    ])
    expect([one.status, two.status].sort()).toEqual([204, 409])
    expect((await opened()).records).toMatchObject([{ record: 0, revision: 2 }])
    expect(await rowsIn('case_log')).toBe(3)
  })

  test('A record under an old key, of other bytes or out of bounds is refused', async () => {
    await makeKeyAs(staff, id, { keyNo: 2 })
    await expectRefusal(await recordAs(staff, id), 409, 'case_key_changed')
    const change = { keyNo: 2, record: 0, revision: 1, recordHash: toB64(await sha256()) }
    const beside = { sealed: noise(540) }
    const answer = await changeAs(staff, 'record.set', id, change, beside)
    await expectRefusal(answer, 403, 'signature_refused')
    for (const wrong of [{ record: MAX_RECORDS }, { record: -1 }, { revision: 0 }])
      await expectRefusal(await recordAs(staff, id, { keyNo: 2, ...wrong }), 400, 'malformed')
    await expectRefusal(
      await recordAs(staff, id, { keyNo: 2, sealed: noise(541) }),
      400,
      'malformed',
    )
    await expectRefusal(await recordAs(staff, noise(16)), 404, 'not_found')
    expect([await rowsIn('case_records'), await rowsIn('case_log')]).toEqual([0, 2])
  })
})

describe('danger', () => {
  test('Staff lift and set the danger with an entry, and the counts follow', async () => {
    expect(await countsFor(staff)).toMatchObject({ danger: 1 })
    const reason = noise(540)
    expect((await dangerAs(staff, id, { danger: false, sealed: reason })).status).toBe(204)
    expect(await opened()).toMatchObject({
      item: { danger: false, rows: 2 },
      entries: [{ n: 2, sealed: reason }],
    })
    expect(await countsFor(staff)).toMatchObject({ new: 1, danger: 0 })
    expect((await dangerAs(staff, id)).status).toBe(204)
    expect(await item()).toMatchObject({ danger: true, rows: 3 })
    expect(await countsFor(staff)).toMatchObject({ new: 1, danger: 1 })
  })

  test('Danger is not lifted over a follow-up that the author has not read', async () => {
    await follow()
    const lifting = { danger: false, followUps: 0 }
    await expectRefusal(await dangerAs(staff, id, lifting), 409, 'report_grew')
    expect([await rowsIn('case_entries'), (await item()).danger]).toEqual([0, true])
    expect((await dangerAs(staff, id, { ...lifting, followUps: 1 })).status).toBe(204)
    expect((await item()).danger).toBe(false)
  })

  test('Danger under an old key, of other bytes or of an unknown case is refused', async () => {
    await makeKeyAs(staff, id, { keyNo: 2 })
    await expectRefusal(await dangerAs(staff, id, { danger: false }), 409, 'case_key_changed')
    const change = { danger: false, keyNo: 2, entryHash: toB64(await sha256()) }
    const beside = { sealed: noise(540) }
    const answer = await changeAs(staff, 'danger.set', id, change, beside)
    await expectRefusal(answer, 403, 'signature_refused')
    await expectRefusal(await dangerAs(staff, noise(16)), 404, 'not_found')
    expect(await item()).toMatchObject({ danger: true, rows: 2 })
    expect(await rowsIn('case_entries')).toBe(0)
  })
})

describe('days', () => {
  test('An entry sets the due day, keeps it without one, and clears it by null', async () => {
    await addEntryAs(staff, id, { dueDay: '2026-12-24' })
    expect((await item()).dueDay).toBe('2026-12-24')
    await addEntryAs(staff, id)
    expect((await item()).dueDay).toBe('2026-12-24')
    await expectRefusal(await addEntryAs(staff, id, { keyNo: 2, dueDay: null }), 409, KEY)
    await expectRefusal(await addEntryAs(staff, id, { dueDay: 'soon' }), 400, 'malformed')
    expect((await item()).dueDay).toBe('2026-12-24')
    await addEntryAs(staff, id, { dueDay: null })
    expect((await item()).dueDay).toBeNull()
  })

  test('A case waits for the person after a reply, for us after a follow-up', async () => {
    const daysAgo = "UPDATE reports SET received_day = '2026-01-02', waits_since = NULL"
    await db.prepare(daysAgo).run()
    expect(await item()).toMatchObject({ waitsFor: 'us', waitsSince: '2026-01-02' })
    await replyAs(staff, id, { index: 0, sealed: noise(4096), followUps: 0 })
    expect(await item()).toMatchObject({ waitsFor: 'person', waitsSince: today() })
    await db.prepare("UPDATE reports SET waits_since = '2026-01-03'").run()
    await follow()
    expect(await item()).toMatchObject({ waitsFor: 'us', waitsSince: today(), status: 'new' })
    await db.prepare("UPDATE reports SET waits_since = '2026-01-04'").run()
    await follow()
    // With two unanswered letters, the case counts as waiting since the first letter.
    expect(await item()).toMatchObject({ waitsFor: 'us', waitsSince: '2026-01-04' })
  })

  test('A case that is closed by mistake and reopened has waited since the same day', async () => {
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'no_contact' }
    const reopening = { from: 'closed', to: 'new', followUps: 0 }
    await db.prepare("UPDATE reports SET waits_since = '2026-01-02'").run()
    await changeAs(staff, 'status.set', id, closing)
    expect(await item()).toMatchObject({ status: 'closed', closeReason: 'no_contact' })
    await changeAs(staff, 'status.set', id, reopening)
    const before = { waitsFor: 'us', waitsSince: '2026-01-02', closeReason: null }
    expect(await item()).toMatchObject(before)
    await changeAs(staff, 'status.set', id, closing)
    await replyAs(staff, id, { index: 0, sealed: noise(4096), followUps: 0 })
    await changeAs(staff, 'status.set', id, reopening)
    expect(await item()).toMatchObject({ waitsFor: 'person', waitsSince: today() })
  })

  test('A case that the person reopens by writing waits for us since that day', async () => {
    const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'no_contact' }
    await db.prepare("UPDATE reports SET waits_since = '2026-01-02'").run()
    await changeAs(staff, 'status.set', id, closing)
    await follow()
    const now = { status: 'new', waitsFor: 'us', waitsSince: today(), closeReason: null }
    expect(await item()).toMatchObject(now)
  })

  test('Closing needs a reason that staff may give, and another status takes none', async () => {
    for (const wrong of [
      { from: 'new', to: 'closed', followUps: 0 },
      { from: 'new', to: 'closed', followUps: 0, reason: 'merged' },
      { from: 'new', to: 'closed', followUps: 0, reason: 'tired' },
      { ...take, reason: 'helped' },
    ])
      await expectRefusal(await changeAs(staff, 'status.set', id, wrong), 400, 'malformed')
    expect((await item()).status).toBe('new')
  })
})

describe('marks of what was seen', () => {
  test('Each colleague has their own marks, which only grow', async () => {
    const colleague = await person('intake')
    expect((await item()).seen).toBeNull()
    await seenAs(staff, id, 2, 5)
    await seenAs(staff, id, 1, 7)
    expect((await item()).seen).toEqual({ followUps: 2, rows: 7 })
    expect((await openedBy(colleague, id)).item.seen).toBeNull()
    expect([await rowsIn('reads'), await rowsIn('case_log')]).toEqual([1, 1])
  })

  test('A mark is taken back, unless the person has seen more since', async () => {
    const first = { followUps: 0, rows: 1 }
    const [second, third] = [
      { ...first, rows: 2 },
      { ...first, rows: 3 },
    ]
    await seenAs(staff, id, first.followUps, first.rows)
    await seenAs(staff, id, second.followUps, second.rows)
    await seenBackAs(staff, id, { mark: third, before: first })
    expect((await item()).seen).toEqual(second)
    await seenBackAs(staff, id, { mark: second, before: first })
    expect((await item()).seen).toEqual(first)
    await seenBackAs(staff, id, { mark: first, before: null })
    expect((await item()).seen).toBeNull()
  })

  test('Marks of an unknown case, and marks that are not numbers, store nothing', async () => {
    expect((await seenAs(staff, noise(16), 0, 0)).status).toBe(204)
    await expectRefusal(await seenAs(staff, id, -1, 0), 400, 'malformed')
    await expectRefusal(await seenAs(staff, id, 0, 0.5), 400, 'malformed')
    expect(await rowsIn('reads')).toBe(0)
  })
})

const KEY = 'case_key_changed'
