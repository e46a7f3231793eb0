import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { OpenAlerts } from '#protocol/staff/alerts/alerts'
import { MAX_UNTAKEN } from '#worker/store/calls/open-alert'
import { alertsFor, takeAlertAs, takeFirst, takeOf } from '../support/alerts.ts'
import {
  BINDINGS,
  clockAt,
  FIRST,
  hangs,
  isDead,
  LINK,
  SECOND,
  send,
  stubCarrier,
  WAITS,
  type Carrier,
} from '../support/carrier.ts'
import {
  ask,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  STAFF_ORIGIN,
  storedReports,
  type Organisation,
} from '../support/edge.ts'
import { goneBucket, goneDb, hangingBucket } from '../support/failing.ts'
import { postForm } from '../support/posted-form.ts'
import { asStaff, person, type Person } from '../support/staff.ts'

const ALERT = 'alerts/open'
const [FIRST_HOST, SECOND_HOST] = [FIRST, SECOND].map((url) => new URL(url).hostname)

let org: Organisation
let carrier: Carrier
beforeEach(async () => {
  org = await freshEdge()
  carrier = stubCarrier()
})
afterEach(() => vi.unstubAllGlobals())

const danger = () => sealed(org, { danger: true })

/** Returns the first alert that nobody has taken. */
const openFor = async (staff: Person) =>
  (await alertsFor(staff)).find(({ taken }) => taken === null) ?? null

describe('an alert', () => {
  test('R47: An alert holds one sentence and one address, and nothing else', async () => {
    expect((await send(await danger())).status).toBe(201)
    expect(carrier.calls).toHaveLength(1)
    const [{ url, init } = { url: '', init: {} }] = carrier.calls
    expect([url, init.method, init.body]).toEqual([FIRST, 'POST', `${WAITS} ${LINK}`])
    expect(init.headers).toEqual({
      'content-type': 'text/plain;charset=utf-8',
      priority: 'urgent',
    })
    expect(init.redirect).toBe('manual')
  })

  test('A follow-up, a form and a report that waits in R2 raise an alert too', async () => {
    const staff = await person('intake')
    const { keys, hashes } = await reporter()
    await send(await sealed(org, hashes))
    expect(carrier.calls).toHaveLength(0)
    const ways = [
      async () =>
        send(
          await sealed(org, { ...hashes, kind: KIND.followUp, danger: true }),
          {},
          { 'oasis-write': toB64(keys.write) },
        ),
      () => postForm({ text: 'word', danger: 'yes' }, 'ky', BINDINGS),
      async () => send(await danger(), { DB: goneDb }),
      async () => send(await danger(), { FLOOD_MODE: 'on' }),
    ]
    for (const [n, way] of ways.entries()) {
      expect((await way()).status).toBe(201)
      expect(carrier.calls).toHaveLength(n + 1)
      expect(await takeFirst(staff)).toHaveLength(n + 1)
    }
    await clockAt(11)
    expect(carrier.calls).toHaveLength(ways.length)
  })

  test('Reports of danger make one call, and five of them wait to be taken', async () => {
    const staff = await person('intake')
    await Promise.all(Array.from({ length: 12 }, async () => send(await danger())))
    expect(await rowsIn('reports')).toBe(12)
    expect(carrier.calls).toHaveLength(1)
    const taken: string[] = []
    for (let n = 0; n < MAX_UNTAKEN; n++) {
      const alert = await openFor(staff)
      taken.push(alert?.case ?? '')
      await takeFirst(staff)
    }
    expect([await openFor(staff), new Set(taken).size]).toEqual([null, MAX_UNTAKEN])
    await send(await danger())
    expect(carrier.calls).toHaveLength(2)
    expect(await openFor(staff)).not.toBeNull()
  })

  test('A report of danger that is sent again raises no second alert', async () => {
    const staff = await person('admin')
    const envelope = await danger()
    await send(envelope)
    await takeFirst(staff)
    await send(envelope)
    await send(envelope, { FILES: goneBucket })
    expect(carrier.calls).toHaveLength(1)
    expect(await openFor(staff)).toBeNull()
  })

  test('An alert calls the carrier even when R2 cannot record the alert', async () => {
    for (const FILES of [goneBucket, hangingBucket])
      expect((await send(await danger(), { FILES })).status).toBe(201)
    expect(carrier.hosts()).toEqual([FIRST_HOST, FIRST_HOST])
  })

  test('An alert without an address calls nobody, and staff still see the alert', async () => {
    const staff = await person('intake')
    await ask('/api/reports', octets(await danger()))
    await clockAt(30, {})
    expect(carrier.calls).toEqual([])
    expect(await openFor(staff)).not.toBeNull()
  })
})

describe('a carrier that fails', () => {
  test.each([
    ['is dead', isDead],
    ['never responds', hangs],
    ['responds with an error', () => Promise.resolve(new Response('no', { status: 500 }))],
    [
      'redirects',
      () => Promise.resolve(new Response(null, { status: 302, headers: { location: SECOND } })),
    ],
  ])(
    'The reporter gets 201 when a carrier %s, and a minute later the clock calls both carriers',
    async (_what, answer) => {
      carrier.answers[FIRST_HOST ?? ''] = answer
      const reply = await send(await danger())
      expect([reply.status, await reply.text()]).toEqual([201, '{}'])
      expect(await storedReports()).toHaveLength(1)
      expect(carrier.hosts()).toEqual([FIRST_HOST])
      await clockAt(1)
      expect(carrier.hosts().sort()).toEqual([SECOND_HOST, FIRST_HOST, FIRST_HOST].sort())
      // The second carrier was reached in this round, so the clock calls only the first.
      carrier.calls.length = 0
      await clockAt(2)
      expect(carrier.hosts()).toEqual([FIRST_HOST])
      if (answer === hangs) return
      delete carrier.answers[FIRST_HOST ?? '']
      await clockAt(3)
      await clockAt(4)
      expect(carrier.hosts()).toEqual([FIRST_HOST, FIRST_HOST])
    },
  )

  test('The reporter gets the response before the carrier has responded', async () => {
    let release = (): void => undefined
    carrier.answers[FIRST_HOST ?? ''] = () =>
      new Promise((done) => {
        release = () => done(new Response())
      })
    const later: Promise<unknown>[] = []
    const reply = await ask('/api/reports', octets(await danger()), BINDINGS, later)
    expect([reply.status, later.length]).toEqual([201, 1])
    await vi.waitFor(() => expect(carrier.calls).toHaveLength(1))
    release()
    await Promise.all(later)
  })
})

describe('the clock', () => {
  test('The clock calls every ten minutes, later two addresses, until taken', async () => {
    const staff = await person('intake')
    await send(await danger())
    for (const minutes of [1, 5, 9]) await clockAt(minutes)
    expect(carrier.hosts()).toEqual([FIRST_HOST])
    await clockAt(10)
    expect(carrier.hosts()).toEqual([FIRST_HOST, FIRST_HOST])
    await clockAt(19)
    await clockAt(20)
    await clockAt(21)
    expect(carrier.hosts().slice(2).sort()).toEqual([FIRST_HOST, SECOND_HOST].sort())
    const [, , third, fourth] = carrier.calls
    const json = third?.url === SECOND ? third : fourth
    expect(json?.init).toMatchObject({
      body: JSON.stringify({ text: `${WAITS} ${LINK}` }),
      headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
    })
    await takeFirst(staff)
    for (const minutes of [5, 10, 14]) await clockAt(minutes)
    expect(carrier.calls).toHaveLength(4)
  })

  test('Runs of the clock that overlap make one call of the carrier', async () => {
    await send(await danger())
    await Promise.all([clockAt(10), clockAt(10), clockAt(10)])
    expect(carrier.calls).toHaveLength(2)
  })

  test('An alert that a colleague takes during a call makes no further call', async () => {
    const staff = await person('intake')
    await send(await danger())
    carrier.answers[FIRST_HOST ?? ''] = async () => {
      await takeFirst(staff)
      return new Response()
    }
    await clockAt(10)
    expect(await openFor(staff)).toBeNull()
    await clockAt(14)
    expect(carrier.calls).toHaveLength(2)
  })

  test('The clock still drains the overflow when the alert in R2 is nonsense', async () => {
    await env.FILES.put(ALERT, 'nonsense')
    await send(await danger(), { DB: goneDb })
    await expect(clockAt(1)).rejects.toThrow()
    expect(await storedReports()).toHaveLength(1)
  })
})

describe('taking', () => {
  test('A colleague takes the named alert, which shows its case and its taker', async () => {
    const staff = await person('admin')
    const envelope = await danger()
    await send(envelope)
    const [alert] = await alertsFor(staff)
    expect(alert).toMatchObject({ case: await idOf(envelope), taken: null })
    const other = await takeOf(staff, { id: toB64(new Uint8Array(16)), taken: null })
    expect((await asStaff('alerts/take', 'POST', other, staff.cookie)).status).toBe(200)
    expect(await alertsFor(staff)).toEqual([alert])
    const body = await takeOf(staff, { id: alert?.id ?? '', taken: null })
    expect((await asStaff('alerts/take', 'POST', body, staff.cookie)).status).toBe(200)
    expect(await alertsFor(staff)).toEqual([{ ...alert, taken: body.taking }])
  })

  test('A taking of another person, alert or time is refused', async () => {
    const [staff, colleague] = [await person('intake'), await person('intake')]
    await send(await danger())
    const [alert] = await alertsFor(staff)
    const id = alert?.id ?? ''
    const own = await takeOf(staff, { id, taken: null })
    const HOUR_MS = 3_600_000
    const wrong = [
      await takeOf(colleague, { id, taken: null }),
      await takeOf({ ...colleague, id: staff.id }, { id, taken: null }),
      { ...(await takeOf(staff, { id: toB64(new Uint8Array(16)), taken: null })), id },
      await takeOf(staff, { id, taken: null }, Date.now() - HOUR_MS),
      { ...own, taking: { ...own.taking, at: '2026-11-25T17:00Z' } },
    ]
    for (const body of wrong)
      await expectRefusal(
        await asStaff('alerts/take', 'POST', body, staff.cookie),
        403,
        'signature_refused',
      )
    expect((await asStaff('alerts/take', 'POST', { id }, staff.cookie)).status).toBe(400)
    expect(await alertsFor(staff)).toEqual([alert])
  })

  test('Of two people who take an alert at once, one has it and both learn who', async () => {
    const [staff, colleague] = [await person('intake'), await person('intake')]
    await send(await danger())
    const [alert] = await alertsFor(staff)
    if (!alert) throw new Error('danger raises an alert')
    const answers = await Promise.all([takeAlertAs(staff, alert), takeAlertAs(colleague, alert)])
    const shown = await Promise.all(
      answers.map(async (answer) => OpenAlerts.parse(await answer.json()).alerts[0]?.taken?.by),
    )
    expect([staff.id, colleague.id]).toContain(shown[0])
    expect(shown[1]).toBe(shown[0])
    expect((await alertsFor(staff))[0]?.taken?.by).toBe(shown[0])
  })

  test('A colleague takes an alert over only from the one who has it', async () => {
    const [staff, colleague] = [await person('intake'), await person('intake')]
    await send(await danger())
    const [open] = await alertsFor(staff)
    const [taken] = await takeFirst(staff)
    if (!open || !taken) throw new Error('danger raises an alert')
    await takeAlertAs(colleague, open)
    expect((await alertsFor(colleague))[0]?.taken?.by).toBe(staff.id)
    await takeAlertAs(colleague, taken)
    expect((await alertsFor(colleague))[0]?.taken?.by).toBe(colleague.id)
  })

  test('An alert gets 503 when R2 fails or hangs', async () => {
    const staff = await person('intake')
    const headers = {
      cookie: staff.cookie,
      origin: STAFF_ORIGIN,
      'content-type': 'application/json',
    }
    const taking = await takeOf(staff, { id: toB64(new Uint8Array(16)), taken: null })
    for (const FILES of [goneBucket, hangingBucket]) {
      const read = await ask('/api/staff/alerts/open', { headers }, { FILES })
      const taken = await ask(
        '/api/staff/alerts/take',
        { method: 'POST', headers, body: JSON.stringify(taking) },
        { FILES },
      )
      const given = await ask(
        '/api/staff/alerts/give-back',
        { method: 'POST', headers, body: JSON.stringify({ id: taking.id }) },
        { FILES },
      )
      expect([read.status, taken.status, given.status]).toEqual([503, 503, 503])
    }
  })

  test('A taking adds no row that would show the time of the danger', async () => {
    const staff = await person('intake')
    const before = [await rowsIn('ledger'), await rowsIn('case_log')]
    await send(await danger())
    await takeFirst(staff)
    expect([await rowsIn('ledger'), await rowsIn('case_log')]).toEqual(before)
  })
})
