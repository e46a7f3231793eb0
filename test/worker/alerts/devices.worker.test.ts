// Tests devices: what is stored about them, what a call contains, and who may change them.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Bytes, fromB64, toB64 } from '#protocol/bytes'
import { AlertTrial, Devices, DeviceTrial, MAX_DEVICES } from '#protocol/staff/alerts/alerts'
import { deviceIdOf } from '#protocol/staff/alerts/rota'
import { providerOf } from '#worker/alerts/providers'
import { bytesFrom } from '#worker/store/database'
import { LINK, stubCarrier, type Carrier } from '../support/carrier.ts'
import { ask, db, expectRefusal, freshEdge, octets, rowsIn, sealed } from '../support/edge.ts'
import type { Organisation } from '../support/edge.ts'
import { browserAt, checkedClaims, type Browser } from '../support/push-device.ts'
import { asPushStaff, PUSH_BINDINGS } from '../support/push-staff.ts'
import { asStaff, noise, person, type Person } from '../support/staff.ts'

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/abc:APA91'

let org: Organisation
let carrier: Carrier
let aigul: Person
let browser: Browser
beforeEach(async () => {
  org = await freshEdge()
  carrier = stubCarrier()
  aigul = await person('admin', 'intake')
  browser = await browserAt(ENDPOINT)
})
afterEach(() => vi.unstubAllGlobals())

const add = (who: Person = aigul, device: object = browser.device) =>
  asPushStaff('alerts/devices', 'POST', device, who)
const list = async (who: Person = aigul) =>
  Devices.parse(await (await asPushStaff('alerts/devices', 'GET', undefined, who)).json())
const idOf = async (endpoint = ENDPOINT) => toB64(await deviceIdOf(endpoint))
const danger = async () =>
  ask('/api/reports', octets(await sealed(org, { danger: true })), PUSH_BINDINGS)
/** Adds the browser, after the person has fetched the key that signs calls. */
async function addBrowser(): Promise<string> {
  const { applicationKey } = await list()
  expect((await add()).status).toBe(204)
  return applicationKey ?? ''
}

describe('a call', () => {
  test('R47: A call is sealed to the browser, which opens one number and no words', async () => {
    await addBrowser()
    await danger()
    const [{ url, init } = { url: '', init: {} }] = carrier.calls
    expect(url).toBe(ENDPOINT)
    const body = init.body as Bytes
    // RFC 8291 lets a provider refuse longer calls. Every call has the maximum length.
    expect(body).toHaveLength(4096)
    expect(await browser.open(body)).toBe('0')
    expect(await (await browserAt(ENDPOINT)).open(body).catch(() => 'closed')).toBe('closed')
  })

  test('R47: A call is signed for its provider and names the staff host', async () => {
    const key = await addBrowser()
    await danger()
    const headers = carrier.calls[0]?.init.headers as Record<string, string>
    const claims = await checkedClaims(headers['authorization'] ?? '', key)
    expect(claims).toMatchObject({ aud: 'https://fcm.googleapis.com', sub: LINK })
    const twelveHours = 12 * 3600
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(twelveHours)
  })

  test('R47: An alert, a digest and a test differ in the sealed number only', async () => {
    await addBrowser()
    await danger()
    await asPushStaff(`alerts/devices/${await idOf()}/test`, 'POST', {}, aigul)
    const [alert, trial] = carrier.calls.map(({ init }) => {
      const { authorization, ...headers } = init.headers as Record<string, string>
      return { headers, scheme: authorization?.slice(0, 8), length: (init.body as Bytes).length }
    })
    expect(trial).toEqual(alert)
    expect(alert?.headers).toEqual({
      ttl: '43200',
      urgency: 'high',
      topic: 'waits',
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
    })
    const last = carrier.calls[1]?.init.body as Bytes
    expect(await browser.open(last)).toBe('1')
  })

  test('A report without danger calls no device at once', async () => {
    await addBrowser()
    await ask('/api/reports', octets(await sealed(org)), PUSH_BINDINGS)
    expect(carrier.calls).toEqual([])
  })
})

describe('a stored device', () => {
  test('The database has no address, key or provider of a device, and one length', async () => {
    await addBrowser()
    await add(aigul, (await browserAt('https://web.push.apple.com/QGuO')).device)
    const { results } = await db.prepare('SELECT sealed FROM devices').all<{ sealed: unknown }>()
    const stored = results.map(({ sealed }) => bytesFrom(sealed))
    expect(new Set(stored.map(({ length }) => length)).size).toBe(1)
    const tables = await Promise.all(
      ['devices', 'secrets', 'ledger'].map((table) => db.prepare(`SELECT * FROM ${table}`).raw()),
    )
    const everything = JSON.stringify(tables, (_, value: unknown) =>
      Array.isArray(value) && value.every((each) => typeof each === 'number')
        ? `${fromLatin(bytesFrom(value))} ${toB64(bytesFrom(value))}`
        : value,
    )
    for (const secret of ['googleapis', 'apple', 'APA91', browser.device.auth])
      expect(everything).not.toContain(secret)
  })

  test('A browser that is added again stays one device with its newest keys', async () => {
    await addBrowser()
    const again = await browserAt(ENDPOINT)
    await add(aigul, again.device)
    expect(await rowsIn('devices')).toBe(1)
    await danger()
    expect(await again.open(carrier.calls[0]?.init.body as Bytes)).toBe('0')
  })

  test('A browser that a colleague adds belongs to the colleague', async () => {
    await addBrowser()
    const bermet = await person('intake')
    expect((await add(bermet)).status).toBe(204)
    expect([(await list()).own, (await list(bermet)).own.length]).toEqual([[], 1])
    expect((await list()).reachable).toEqual([{ person: bermet.id, devices: 1 }])
  })

  test('Deleting a person deletes the devices', async () => {
    await addBrowser()
    await db.prepare('DELETE FROM people WHERE id = ?').bind(fromB64(aigul.id)).run()
    expect(await rowsIn('devices')).toBe(0)
  })
})

describe('a refusal', () => {
  test.each([
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://user@fcm.googleapis.com/x',
    'https://127.0.0.1/x',
    'https://oasis.example/x',
    'nonsense',
  ])('A device at %s is refused, so that the edge calls no such address', async (endpoint) => {
    await expectRefusal(await add(aigul, { ...browser.device, endpoint }), 400, 'device_refused')
    expect(await rowsIn('devices')).toBe(0)
  })

  test('The providers of the four families of browsers are known', () => {
    expect(
      [
        'https://fcm.googleapis.com/fcm/send/a',
        'https://updates.push.services.mozilla.com/wpush/v2/a',
        'https://web.push.apple.com/a',
        'https://wns2-par02p.notify.windows.com/w/?token=a',
      ].map(providerOf),
    ).toEqual(['google', 'mozilla', 'apple', 'microsoft'])
  })

  test('A fifth device of a person is refused, and a colleague may still add one', async () => {
    for (let n = 0; n < MAX_DEVICES; n++)
      expect((await add(aigul, (await browserAt(`${ENDPOINT}${n}`)).device)).status).toBe(204)
    await expectRefusal(await add(), 409, 'devices_full')
    expect((await add(await person('intake'))).status).toBe(204)
  })

  test('Nobody tests or removes the device of a colleague', async () => {
    await addBrowser()
    const bermet = await person('intake')
    for (const what of ['test', 'remove'])
      for (const id of [await idOf(), noise(16)])
        await expectRefusal(
          await asPushStaff(`alerts/devices/${id}/${what}`, 'POST', {}, bermet),
          404,
          'not_found',
        )
    expect([carrier.calls, await rowsIn('devices')]).toEqual([[], 1])
  })

  test('Without a secret the edge does not take a device or name a key', async () => {
    const answer = await asStaff('alerts/devices', 'POST', browser.device, aigul.cookie)
    await expectRefusal(answer, 404, 'not_found')
    const listed = await asStaff('alerts/devices', 'GET', undefined, aigul.cookie)
    expect(await listed.json()).toEqual({ applicationKey: null, own: [], reachable: [] })
    expect(await rowsIn('devices')).toBe(0)
  })

  test('A short secret counts as none', async () => {
    const init = { headers: { cookie: aigul.cookie } }
    const changes = { PUSH_SECRET: 'short' }
    const answer = await ask('/api/staff/alerts/devices', init, changes)
    expect(Devices.parse(await answer.json()).applicationKey).toBeNull()
  })
})

describe('a test', () => {
  test('A person tests their own device, and a device that is gone is removed', async () => {
    await addBrowser()
    const trial = async () =>
      DeviceTrial.parse(
        await (await asPushStaff(`alerts/devices/${await idOf()}/test`, 'POST', {}, aigul)).json(),
      ).outcome
    expect(await trial()).toBe('reached')
    for (const [status, outcome] of [
      [403, 'refused'],
      [410, 'gone'],
    ] as const) {
      carrier.answers['fcm.googleapis.com'] = () => Promise.resolve(new Response('', { status }))
      expect(await trial()).toBe(outcome)
    }
    expect(await rowsIn('devices')).toBe(0)
  })

  test('The test of an admin calls the devices of everybody', async () => {
    await addBrowser()
    const bermet = await person('intake')
    const { device } = await browserAt(`${ENDPOINT}2`)
    await add(bermet, device)
    const answer = await asPushStaff('alerts/test', 'POST', {}, aigul)
    const { called, devices } = AlertTrial.parse(await answer.json())
    expect(called).toEqual([])
    expect(devices.map(({ person: id }) => id).sort()).toEqual([aigul.id, bermet.id].sort())
    expect(carrier.calls).toHaveLength(2)
  })

  test('The key that signs calls stays the same until the secret changes', async () => {
    const first = (await list()).applicationKey
    expect((await list()).applicationKey).toBe(first)
    const init = { headers: { cookie: aigul.cookie } }
    const changes = { ...PUSH_BINDINGS, PUSH_SECRET: 'z'.repeat(43) }
    const other = await ask('/api/staff/alerts/devices', init, changes)
    expect(Devices.parse(await other.json()).applicationKey).not.toBe(first)
  })
})

const fromLatin = (bytes: Bytes): string => new TextDecoder('latin1').decode(bytes)
