// Tests whom an alert and the digest call by Web Push: rota, escalation and quiet hours, with a
// simulated clock. All times are Bishkek time.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, type Bytes } from '#protocol/bytes'
import { Devices } from '#protocol/staff/alerts/alerts'
import { noteArrival } from '#worker/alerts/raise-alert'
import { runChores } from '#worker/scheduled/run-chores'
import { isDead, stubCarrier, type Carrier } from '../support/carrier.ts'
import {
  calledBy,
  clockAt,
  depsAt,
  MINUTE_MS,
  NIGHT,
  NOON,
  raiseAt,
  setQuietAs as setQuiet,
  setRotaAs,
  storeLetter,
  withDevice,
} from '../support/duty.ts'
import { db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { asPushStaff } from '../support/push-staff.ts'
import { signed, type Person } from '../support/staff.ts'

let carrier: Carrier
let letter: Bytes
let aigul: Person
let bermet: Person
let cholpon: Person
beforeEach(async () => {
  letter = await storeLetter(await freshEdge())
  carrier = stubCarrier()
  aigul = await withDevice('aigul', 'admin', 'intake')
  bermet = await withDevice('bermet', 'intake')
  cholpon = await withDevice('cholpon', 'intake')
})
afterEach(() => vi.unstubAllGlobals())

const raise = (ms: number) => raiseAt(ms, letter)
const called = (): string[] => calledBy(carrier)

const rota = (changes = {}) => ({
  nightFrom: 22,
  nightUntil: 8,
  nights: Array.from({ length: 7 }, () => [bermet.id, aigul.id]),
  days: [cholpon.id],
  ...changes,
})
const setRota = (change: object = rota(), by: Person = aigul) => setRotaAs(by, change)

describe('an alert', () => {
  test('An alert at night calls the rota in order, and then everybody', async () => {
    expect((await setRota()).status).toBe(204)
    await raise(NIGHT)
    expect(called()).toEqual(['bermet'])
    await clockAt(NIGHT + MINUTE_MS)
    expect(called()).toEqual([])
    await clockAt(NIGHT + 10 * MINUTE_MS)
    expect(called()).toEqual(['aigul'])
    await clockAt(NIGHT + 20 * MINUTE_MS)
    expect(called()).toEqual(['aigul', 'bermet', 'cholpon'])
    await clockAt(NIGHT + 30 * MINUTE_MS)
    expect(called()).toEqual(['aigul', 'bermet', 'cholpon'])
  })

  test('An alert by day calls the people of the day', async () => {
    await setRota()
    await raise(NOON)
    expect(called()).toEqual(['cholpon'])
  })

  test('When a device takes no call, the next person is called a minute later', async () => {
    await setRota()
    carrier.answers['fcm.googleapis.com'] = isDead
    await raise(NIGHT)
    expect(called()).toEqual(['bermet'])
    delete carrier.answers['fcm.googleapis.com']
    await clockAt(NIGHT + MINUTE_MS)
    expect(called()).toEqual(['aigul', 'bermet'])
    await clockAt(NIGHT + 2 * MINUTE_MS)
    expect(called()).toEqual([])
  })

  test('Without a rota quiet hours count at first, and the second round calls all', async () => {
    await setQuiet(bermet, { from: 21, until: 8, hasDigest: true })
    await raise(NIGHT)
    expect(called()).toEqual(['aigul', 'cholpon'])
    await clockAt(NIGHT + 10 * MINUTE_MS)
    expect(called()).toEqual(['aigul', 'bermet', 'cholpon'])
  })

  test('A person whose roles are gone, and a removed device, are not called', async () => {
    await db.prepare("UPDATE people SET roles = '[]' WHERE id = ?").bind(fromB64(bermet.id)).run()
    const listed = await asPushStaff('alerts/devices', 'GET', undefined, cholpon)
    const id = Devices.parse(await listed.json()).own[0]?.id ?? ''
    await asPushStaff(`alerts/devices/${id}/remove`, 'POST', {}, cholpon)
    await raise(NIGHT)
    expect(called()).toEqual(['aigul'])
  })

  test('A device that the provider has forgotten is removed by the clock', async () => {
    carrier.answers['fcm.googleapis.com'] = () =>
      Promise.resolve(new Response(null, { status: 410 }))
    await raise(NIGHT)
    expect(await rowsIn('devices')).toBe(3)
    await clockAt(NIGHT + MINUTE_MS)
    expect(await rowsIn('devices')).toBe(0)
  })

  test('Devices that another secret sealed are not called but removed', async () => {
    const PUSH_SECRET = 'y'.repeat(43)
    await noteArrival(depsAt(NIGHT, { PUSH_SECRET }), true, letter)
    await runChores(depsAt(NIGHT + MINUTE_MS, { PUSH_SECRET }))
    expect([called(), await rowsIn('devices')]).toEqual([[], 0])
  })

  test('A run calls twelve devices, and the next run calls the others', async () => {
    for (let n = 0; n < 10; n++) await withDevice(`more-${n}`, 'intake')
    await raise(NIGHT)
    expect(called()).toHaveLength(12)
    await clockAt(NIGHT + MINUTE_MS)
    expect(called()).toHaveLength(1)
    await clockAt(NIGHT + 2 * MINUTE_MS)
    expect(called()).toEqual([])
  })
})

describe('the digest', () => {
  const arrive = (ms: number) => noteArrival(depsAt(ms), false, letter)
  /** The following Thursday at 9:00. */
  const NINE = Date.UTC(2026, 10, 26, 3)

  test('The digest calls everybody who is awake and wants it, once', async () => {
    await setQuiet(bermet, { from: 22, until: 10, hasDigest: true })
    await setQuiet(cholpon, { from: 0, until: 0, hasDigest: false })
    await arrive(NIGHT)
    await clockAt(NINE - MINUTE_MS)
    expect(called()).toEqual([])
    await clockAt(NINE)
    expect(called()).toEqual(['aigul'])
    await clockAt(NINE + MINUTE_MS)
    expect([called(), await keysIn('alerts/')]).toEqual([[], []])
  })

  test('The digest waits while everybody has quiet hours', async () => {
    for (const who of [aigul, bermet, cholpon])
      await setQuiet(who, { from: 22, until: 10, hasDigest: true })
    await arrive(NIGHT)
    await clockAt(NINE)
    expect(called()).toEqual([])
    await clockAt(NINE + 60 * MINUTE_MS)
    expect(called()).toEqual(['aigul', 'bermet', 'cholpon'])
  })

  test('A digest to many devices goes on in the next run', async () => {
    for (let n = 0; n < 10; n++) await withDevice(`more-${n}`, 'intake')
    await arrive(NIGHT)
    await clockAt(NINE)
    expect(called()).toHaveLength(12)
    await clockAt(NINE + MINUTE_MS)
    expect(called()).toHaveLength(1)
    await clockAt(NINE + 2 * MINUTE_MS)
    expect([called(), await keysIn('alerts/')]).toEqual([[], []])
  })
})

describe('the rota and quiet hours', () => {
  test('A rota is one row of the ledger, and replaces the rota before', async () => {
    const before = await rowsIn('ledger')
    await setRota()
    await setRota(rota({ days: [bermet.id] }))
    expect([await rowsIn('ledger'), await rowsIn('rotas')]).toEqual([before + 2, 1])
    await raise(NOON)
    expect(called()).toEqual(['bermet'])
  })

  test('A rota of another signer, of six nights or with an hour 24 is refused', async () => {
    await expectRefusal(await setRota(rota(), bermet), 403, 'not_allowed')
    const forged = await signed(bermet, 'rota.set', bermet.id, rota())
    await expectRefusal(
      await asPushStaff('alerts/rota', 'POST', forged, aigul),
      403,
      'signature_refused',
    )
    for (const change of [{ nights: [] }, { nightFrom: 24 }, { days: ['x'] }])
      await expectRefusal(await setRota(rota(change)), 400, 'malformed')
    expect(await rowsIn('rotas')).toBe(0)
  })

  test('Nobody sets the quiet hours of somebody else', async () => {
    const forged = await signed(bermet, 'quiet.set', aigul.id, {
      ...{ from: 1, until: 2, hasDigest: true },
    })
    for (const who of [aigul, bermet])
      await expectRefusal(
        await asPushStaff('alerts/quiet', 'POST', forged, who),
        403,
        'signature_refused',
      )
    await expectRefusal(await setQuiet(aigul, { from: 1, until: 2 }), 400, 'malformed')
    expect(await rowsIn('quiet_hours')).toBe(0)
  })
})
