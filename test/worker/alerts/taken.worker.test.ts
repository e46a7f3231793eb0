// Tests the acts that end an alert, whether or not somebody has taken it. Also tests the calls that
// follow when nobody acts, and what happens when an alert is given back. The clock is simulated.
// All times are Bishkek time.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import type { Role } from '#protocol/staff/fields'
import { giveAlertBack, readAlerts, takeAlert } from '#worker/alerts/take-alert'
import type { StaffDeps } from '#worker/deps'
import { findAlerts } from '#worker/store/calls/open-alert'
import { takeOf } from '../support/alerts.ts'
import { stubCarrier, type Carrier } from '../support/carrier.ts'
import {
  addEntryAs as addRowAs,
  changeAs,
  makeKeyAs,
  replyAs,
  take as TAKE,
  takeAs,
} from '../support/casework.ts'
import {
  calledBy,
  clockAt,
  depsAt,
  MINUTE_MS,
  NIGHT,
  raiseAt,
  setQuietAs,
  setRotaAs,
  storeLetter,
  withDevice,
} from '../support/duty.ts'
import {
  ask,
  db,
  freshEdge,
  idOf,
  octets,
  reporter,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { makeAs as makeReferralAs } from '../support/referrals.ts'
import { noise, person, type Person } from '../support/staff.ts'
import { giveTo, mergeAs } from '../support/teamwork.ts'

let carrier: Carrier
let org: Organisation
let letter: Bytes
let aigul: Person
let bermet: Person
let cholpon: Person
beforeEach(async () => {
  org = await freshEdge()
  letter = await storeLetter(org)
  carrier = stubCarrier()
  aigul = await withDevice('aigul', 'admin', 'intake')
  bermet = await withDevice('bermet', 'intake')
  cholpon = await withDevice('cholpon', 'intake')
  await setRota(Array.from({ length: 7 }, () => [bermet.id, aigul.id]))
})
afterEach(() => vi.unstubAllGlobals())

const setRota = (nights: string[][]) =>
  setRotaAs(aigul, { nightFrom: 22, nightUntil: 8, nights, days: [] })
const called = (): string[] => calledBy(carrier)
const after = (minutes: number): number => NIGHT + minutes * MINUTE_MS

const asOf = (who: Person, minutes: number, ...roles: Role[]): StaffDeps => ({
  ...depsAt(after(minutes)),
  actor: {
    ...{ id: fromB64(who.id), roles: roles.length > 0 ? roles : ['intake'] },
    signPublic: who.signing.publicKey,
    ...{ session: { id: new Uint8Array(16), provenAt: 0 }, keeperLastDay: null },
  },
})
const alertsAt = async (minutes: number) => (await readAlerts(asOf(aigul, minutes))).alerts
const takersAt = async (minutes: number) =>
  (await alertsAt(minutes)).map(({ taken }) => taken?.by ?? null)

/** Takes the first alert, as the person sees it. */
async function take(who: Person, minutes: number): Promise<void> {
  const [alert] = await alertsAt(minutes)
  if (!alert) throw new Error('an alert is open')
  await takeAlert(asOf(who, minutes), await takeOf(who, alert, after(minutes)))
}
async function giveBack(who: Person, minutes: number): Promise<void> {
  const [alert] = await alertsAt(minutes)
  await giveAlertBack(asOf(who, minutes), alert?.id ?? '')
}
/** Adds a note, which contains the number of follow-ups that its author has read. */
const addEntryAs = (who: Person, id: string): Promise<Response> =>
  addRowAs(who, id, { followUps: 0 })
const raise = async (): Promise<void> => {
  await raiseAt(NIGHT, letter)
  expect(called()).toEqual(['bermet'])
}
const caseId = (): string => toB64(letter)

describe('a taken alert without an act', () => {
  test('The clock calls the taker after fifteen minutes, then the next, then others', async () => {
    await raise()
    await take(bermet, 4)
    for (const minutes of [5, 10, 14, 18]) await clockAt(after(minutes))
    expect(called()).toEqual([])
    await clockAt(after(19))
    expect(called()).toEqual(['bermet'])
    await clockAt(after(20))
    expect(called()).toEqual([])
    await clockAt(after(29))
    expect(called()).toEqual(['aigul'])
    await clockAt(after(39))
    expect(called()).toEqual(['aigul', 'cholpon'])
    expect(await takersAt(39)).toEqual([bermet.id])
  })

  test('Two clocks at once call the taker again once', async () => {
    await raise()
    await take(bermet, 0)
    await Promise.all([clockAt(after(15)), clockAt(after(15))])
    expect(called()).toEqual(['bermet'])
  })

  test('For a taker without a device the clock calls the first person on duty', async () => {
    await db.prepare('DELETE FROM devices WHERE person = ?').bind(fromB64(cholpon.id)).run()
    await raise()
    await take(cholpon, 0)
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
  })

  test('With a hole in the rota all others are called, even in quiet hours', async () => {
    await setRota(Array.from({ length: 7 }, () => []))
    await setQuietAs(cholpon, { from: 21, until: 8, hasDigest: true })
    await raiseAt(NIGHT, letter)
    expect(called()).toEqual(['aigul', 'bermet'])
    await take(bermet, 0)
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
    await clockAt(after(25))
    expect(called()).toEqual(['aigul', 'cholpon'])
  })

  test('A colleague who takes the alert over has fifteen minutes of their own', async () => {
    await raise()
    await take(bermet, 0)
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
    await take(aigul, 20)
    await clockAt(after(34))
    expect(called()).toEqual([])
    await clockAt(after(35))
    expect(called()).toEqual(['aigul'])
  })

  test('When the access of the taker ends, the next person is called', async () => {
    await raise()
    await take(bermet, 0)
    await db.prepare("UPDATE people SET roles = '[]' WHERE id = ?").bind(fromB64(bermet.id)).run()
    await clockAt(after(1))
    expect(called()).toEqual(['aigul'])
    expect(await takersAt(1)).toEqual([null])
  })

  test('A second report of danger rings again while the first alert is taken', async () => {
    await raise()
    await take(bermet, 1)
    await raiseAt(after(2), await storeLetter(org))
    expect(called()).toEqual(['bermet'])
    expect(await takersAt(2)).toEqual([bermet.id, null])
  })

  test('Danger that waited behind an alert is called for once the alert is taken', async () => {
    await raise()
    await raiseAt(after(1), await storeLetter(org))
    expect([called(), await takersAt(1)]).toEqual([[], [null]])
    await take(bermet, 2)
    expect(await takersAt(2)).toEqual([bermet.id, null])
    await clockAt(after(3))
    expect(called()).toEqual(['bermet'])
  })
})

describe('an act', () => {
  const makeKey = (): Promise<Response> => makeKeyAs(bermet, caseId())
  const acts: [string, () => Promise<Response>][] = [
    ['A note', () => addEntryAs(bermet, caseId())],
    ['A reply', () => replyAs(bermet, caseId(), { index: 0, sealed: noise(4096), followUps: 0 })],
    ['A referral', () => makeReferralAs(bermet, caseId())],
    [
      'The end of the case as spam',
      () =>
        changeAs(bermet, 'status.set', caseId(), {
          ...{ from: 'new', to: 'closed', reason: 'spam', followUps: 0 },
        }),
    ],
  ]
  test.each(acts)('%s of the taker ends the alert at once for all', async (_what, act) => {
    await makeKey()
    await raise()
    await take(bermet, 0)
    expect((await act()).status).toBeLessThan(300)
    expect(await alertsAt(1)).toEqual([])
    for (const minutes of [15, 25, 35]) await clockAt(after(minutes))
    expect([called(), await keysIn('alerts/')]).toEqual([[], []])
  })

  test('An act before the taking, and an act of a colleague, do not end the alert', async () => {
    await makeKey()
    await raise()
    await addRowAs(bermet, caseId())
    await take(bermet, 0)
    await addEntryAs(aigul, caseId())
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
    expect(await takersAt(15)).toEqual([bermet.id])
  })

  test('The word at the end of a shift is no act, so the taker is called again', async () => {
    await makeKey()
    await raise()
    await take(bermet, 0)
    expect((await addRowAs(bermet, caseId())).status).toBeLessThan(300)
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
    await clockAt(after(25))
    expect(called()).toEqual(['aigul'])
    expect(await takersAt(25)).toEqual([bermet.id])
  })

  test('Taking up the case and having it are no acts', async () => {
    await raise()
    await take(bermet, 0)
    await makeKey()
    await changeAs(bermet, 'status.set', caseId(), TAKE)
    const assign = { from: null, to: bermet.id, isGranted: false }
    await changeAs(bermet, 'case.assign', caseId(), assign, { grants: [] })
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
  })

  test('An act after the last call ends the alert before the next person is called', async () => {
    await makeKey()
    await raise()
    await take(bermet, 0)
    await clockAt(after(15))
    expect(called()).toEqual(['bermet'])
    await addEntryAs(bermet, caseId())
    await clockAt(after(25))
    expect(called()).toEqual([])
  })

  test('After a merge only a later note in the other case is an act', async () => {
    const other = toB64(await storeLetter(org))
    await makeKey()
    await makeKeyAs(bermet, other)
    await addEntryAs(bermet, other)
    await raise()
    await take(bermet, 0)
    await mergeAs(aigul, caseId(), other)
    expect(await takersAt(1)).toEqual([bermet.id])
    await addEntryAs(bermet, other)
    expect(await alertsAt(2)).toEqual([])
  })
})

describe('an alert that nobody has taken', () => {
  const takeUp = (who: Person, followUps: number) =>
    changeAs(who, 'status.set', caseId(), { ...TAKE, followUps })

  test('A note of anybody who has read all of the case ends it and its calls', async () => {
    await makeKeyAs(cholpon, caseId())
    await raise()
    await takeUp(cholpon, 0)
    expect(await takersAt(1)).toEqual([null])
    expect((await addEntryAs(cholpon, caseId())).status).toBeLessThan(300)
    expect(await alertsAt(2)).toEqual([])
    for (const minutes of [10, 20, 30]) await clockAt(after(minutes))
    expect([called(), await keysIn('alerts/')]).toEqual([[], []])
  })

  test('A note before the newest letter does not end its alert, a later one does', async () => {
    const { keys, hashes } = await reporter()
    const [first, second] = [
      await sealed(org, hashes),
      await sealed(org, { ...hashes, kind: KIND.followUp }),
    ]
    await submit(first)
    letter = fromB64(await idOf(first))
    await makeKeyAs(cholpon, caseId())
    await addEntryAs(cholpon, caseId())
    await submit(second, { 'oasis-write': toB64(keys.write) })
    await raiseAt(NIGHT, fromB64(await idOf(second)))
    await addRowAs(cholpon, caseId(), { followUps: 0 })
    expect(await takersAt(1)).toEqual([null])
    await clockAt(after(10))
    expect(called()).toEqual(['aigul', 'bermet'])
    await addRowAs(cholpon, caseId(), { followUps: 1 })
    expect(await alertsAt(11)).toEqual([])
  })

  test('After a merge, a note from before it does not end the alert', async () => {
    const other = toB64(await storeLetter(org))
    await makeKeyAs(cholpon, caseId())
    await makeKeyAs(cholpon, other)
    await addEntryAs(cholpon, other)
    await raise()
    await mergeAs(aigul, caseId(), other)
    expect(await takersAt(1)).toEqual([null])
    // The screen on which this note was written may not have shown the absorbed report.
    await addEntryAs(cholpon, other)
    expect(await takersAt(2)).toEqual([null])
    const closed = { from: 'new', to: 'closed', reason: 'spam', followUps: 0, absorbed: 1 }
    expect((await changeAs(cholpon, 'status.set', other, closed)).status).toBeLessThan(300)
    expect(await alertsAt(3)).toEqual([])
  })

  test('A caseworker who cannot open the letter does not end its alert', async () => {
    const dina = await person('caseworker')
    const envelope = await sealed(org)
    await submit(envelope)
    letter = fromB64(await idOf(envelope))
    await makeKeyAs(bermet, caseId())
    expect((await giveTo(bermet, caseId(), dina)).status).toBeLessThan(300)
    await raise()
    expect((await addEntryAs(dina, caseId())).status).toBeLessThan(300)
    expect(await takersAt(1)).toEqual([null])
    await takeAs(bermet, caseId(), [envelope])
    expect(await alertsAt(2)).toEqual([])
  })

  test('A note that states more letters than there are does not end the alert', async () => {
    await makeKeyAs(cholpon, caseId())
    await raise()
    await addRowAs(cholpon, caseId(), { followUps: 5 })
    expect(await takersAt(1)).toEqual([null])
  })

  test('An alert that was given back ends when a colleague answers', async () => {
    await makeKeyAs(cholpon, caseId())
    await raise()
    await take(bermet, 0)
    await giveBack(bermet, 1)
    await replyAs(cholpon, caseId(), { index: 0, sealed: noise(4096), followUps: 0 })
    expect(await alertsAt(2)).toEqual([])
  })
})

describe('giving back', () => {
  test('The next person on duty is called at once, and later everybody else', async () => {
    await raise()
    await take(bermet, 0)
    await giveBack(bermet, 1)
    expect(called()).toEqual(['aigul'])
    expect(await takersAt(1)).toEqual([null])
    await clockAt(after(10))
    expect(called()).toEqual([])
    await clockAt(after(11))
    expect(called()).toEqual(['aigul', 'cholpon'])
  })

  test('Nobody gives back an alert that a colleague has', async () => {
    await raise()
    await take(bermet, 0)
    await giveBack(aigul, 1)
    expect([called(), await takersAt(1)]).toEqual([[], [bermet.id]])
  })
})

describe('a report that waits in R2', () => {
  test('Its alert has no case until the drain stores it, and then a note ends it', async () => {
    const envelope = await sealed(org, { danger: true })
    await ask('/api/reports', octets(envelope), { FLOOD_MODE: 'on' })
    const id = await idOf(envelope)
    const [alert] = (await readAlerts(asOf(bermet, 0))).alerts
    expect(alert).toMatchObject({ case: null, taken: null })
    await take(bermet, 0)
    await clockAt(after(1))
    expect(await alertsAt(1)).toMatchObject([{ case: id, taken: { by: bermet.id } }])
    await makeKeyAs(bermet, id)
    await addEntryAs(bermet, id)
    expect(await alertsAt(2)).toEqual([])
  })

  test('A report that was deleted ends its alert after fifteen minutes', async () => {
    await raise()
    await db.prepare('DELETE FROM reports WHERE id = ?').bind(letter).run()
    expect(await alertsAt(14)).toHaveLength(1)
    await clockAt(after(15))
    expect((await findAlerts(depsAt(0).bucket)).alerts).toEqual([])
  })
})
