// Tests the alert addresses and the call to each kind of carrier. Also tests the admin's view and
// test call.
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AlertPlan, AlertTrial } from '#protocol/staff/alerts/alerts'
import type { Env } from '#worker/env'
import { alertSettings } from '#worker/alerts/settings'
import {
  BINDINGS,
  FIRST,
  hangs,
  LINK,
  SECOND,
  stubCarrier,
  type Carrier,
} from '../support/carrier.ts'
import { ask, freshEdge, octets, STAFF_ORIGIN, sealed } from '../support/edge.ts'
import { person } from '../support/staff.ts'

const TOKEN = '123456:AAsecret-secret-secret-secret'
const TELEGRAM = `telegram ${TOKEN} -100200`

const settings = (changes: Partial<Env>, host = 'oasis.example') =>
  alertSettings({ ...env, STAFF_HOST: 'staff.oasis.example', ...changes }, host)
const faultsOf = (secret: string, host?: string) =>
  settings({ ALERT_FIRST: secret }, host).addresses.map(({ fault }) => fault)

describe('an address', () => {
  test.each([
    [TELEGRAM],
    ['telegram 123456:AAsecret-secret-secret-secret @channel'],
    ['ntfy https://ntfy.sh/topic'],
    ['ntfy https://ntfy.sh/topic tk_secret'],
    ['json https://hooks.example.org/a?b=c token'],
    ['json http://127.0.0.1:9000/'],
    ['json http://localhost:9000/'],
    ['  json   https://hooks.example.org/\n'],
  ])('The alert address "%s" is accepted', (secret) => {
    expect(faultsOf(secret)).toEqual([null])
  })

  test.each([
    ['telegram'],
    ['telegram 123 456'],
    [`telegram ${TOKEN}/../x 5`],
    [`telegram ${TOKEN}`],
    [`telegram ${TOKEN} chat name`],
    ['json http://hooks.example.org/'],
    ['json http://localhost.example.org/'],
    ['json ftp://hooks.example.org/'],
    ['json https://user:word@hooks.example.org/'],
    ['json https://hooks.example.org/ tökën'],
    ['json not-an-address'],
    ['mail somebody@example.org'],
  ])('The alert address "%s" is refused as malformed', (secret) => {
    expect(faultsOf(secret)).toEqual(['malformed'])
  })

  test('An alert address in our zone, which could see reporters, is never called', async () => {
    expect(faultsOf('json https://hooks.oasis.example/')).toEqual(['own_host'])
    expect(faultsOf('json https://oasis.example/')).toEqual(['own_host'])
    expect(faultsOf('json https://hooks.oasis.example/', '')).toEqual([null])
    const org = await freshEdge()
    const carrier = stubCarrier()
    const changes = { ...BINDINGS, ALERT_FIRST: 'json https://hooks.oasis.example/' }
    await ask('/api/reports', octets(await sealed(org, { danger: true })), changes)
    expect(carrier.calls).toEqual([])
    vi.unstubAllGlobals()
  })

  test('An empty alert address is ignored, and unreadable settings get their defaults', () => {
    const { addresses, ...rest } = settings({
      ALERT_FIRST: '',
      ALERT_SECOND: ' ',
      ALERT_LANG: 'toString',
      ALERT_EVERY_MINUTES: '-3',
      ALERT_DANGER_MINUTES: '',
      ALERT_REPEATS: 'many',
      ALERT_DIGEST_HOURS: '7, 25 21',
    })
    expect(addresses).toEqual([])
    expect(rest).toEqual({
      pushSecret: null,
      lang: 'ky',
      link: LINK,
      everyMinutes: 10,
      dangerMinutes: 15,
      repeats: 1,
      digestHours: [7, 21],
    })
  })
})

describe('the admin', () => {
  let carrier: Carrier
  beforeEach(async () => {
    await freshEdge()
    carrier = stubCarrier()
  })
  afterEach(() => vi.unstubAllGlobals())

  const bindings = { ...BINDINGS, ALERT_FIRST: TELEGRAM }
  const asAdmin = async (path: string, method: string, changes: Partial<Env> = bindings) => {
    const { cookie } = await person('admin')
    const answer = await ask(
      `/api/staff/${path}`,
      {
        method,
        ...(method === 'POST' && { body: '{}' }),
        headers: { cookie, origin: STAFF_ORIGIN, 'content-type': 'application/json' },
      },
      changes,
    )
    const text = await answer.text()
    for (const secret of [TOKEN, '100200', 'secret']) expect(text).not.toContain(secret)
    return JSON.parse(text) as unknown
  }
  const trial = async (changes?: Partial<Env>) =>
    AlertTrial.parse(await asAdmin('alerts/test', 'POST', changes)).called

  test('The admin sees kind and host of each address and no secret', async () => {
    expect(AlertPlan.parse(await asAdmin('alerts', 'GET'))).toEqual({
      addresses: [
        { place: 'first', kind: 'telegram', host: 'api.telegram.org', fault: null },
        { place: 'second', kind: 'json', host: 'hook.example', fault: null },
      ],
      everyMinutes: 10,
      repeats: 1,
      digestHours: [9, 18],
    })
    const broken = await asAdmin('alerts', 'GET', { ALERT_FIRST: 'telegram secret' })
    expect(AlertPlan.parse(broken).addresses).toEqual([
      { place: 'first', kind: null, host: null, fault: 'malformed' },
    ])
  })

  test('A test alert calls every address with the sentence for tests', async () => {
    carrier.answers['api.telegram.org'] = () => Promise.resolve(Response.json({ ok: true }))
    expect(await trial()).toEqual([
      { place: 'first', outcome: 'reached', status: 200 },
      { place: 'second', outcome: 'reached', status: 200 },
    ])
    const text = `Бул сыноо. Эч нерсе күтүп турган жок. ${LINK}`
    const sent = carrier.calls.map(({ url, init }): [string, unknown] => [
      url,
      JSON.parse(init.body as string),
    ])
    expect(sent).toEqual([
      [
        `https://api.telegram.org/bot${TOKEN}/sendMessage`,
        {
          chat_id: '-100200',
          text,
          disable_notification: false,
          link_preview_options: { is_disabled: true },
        },
      ],
      [SECOND, { text }],
    ])
  })

  test.each<[string, Response | 'hangs', string, number | null]>([
    ['{ok:false}', Response.json({ ok: false }), 'refused', 200],
    ['no JSON', new Response('<html>'), 'refused', 200],
    ['null', Response.json(null), 'refused', 200],
    ['a body above the limit', Response.json({ ok: true, x: 'x'.repeat(20_000) }), 'refused', 200],
    ['status 401', Response.json({ ok: false }, { status: 401 }), 'refused', 401],
    [
      'a redirect',
      new Response(null, { status: 307, headers: { location: FIRST } }),
      'refused',
      307,
    ],
    ['nothing', 'hangs', 'silent', null],
  ])(
    'The admin sees the outcome of a test alert when Telegram responds with %s',
    async (_what, answer, outcome, status) => {
      carrier.answers['api.telegram.org'] = (init) =>
        answer === 'hangs' ? hangs(init) : Promise.resolve(answer.clone())
      expect(await trial()).toContainEqual({ place: 'first', outcome, status })
      expect(carrier.calls).toHaveLength(2)
    },
  )

  test('The admin sees a malformed address, and a test alert calls the other address', async () => {
    const called = await trial({ ...bindings, ALERT_FIRST: 'telegram nonsense' })
    expect(called).toEqual([
      { place: 'first', outcome: 'malformed', status: null },
      { place: 'second', outcome: 'reached', status: 200 },
    ])
  })
})
