// Tests the digest, a quiet call twice a day when a report has arrived.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  BINDINGS,
  clockAt as runAt,
  FIRST,
  isDead,
  LINK,
  send,
  stubCarrier,
  WAITS,
  type Carrier,
} from '../support/carrier.ts'
import { fromB64, toB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { HOUR_MS } from '#protocol/staff/ledger/roster-checks'
import { shownHash } from '#protocol/staff/people/digits'
import { writeCheckpoint, writeUpload } from '#protocol/staff/ledger/checkpoint'
import { freshEdge, sealed, type Organisation } from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { asStaff, ledgerHead, person, signed } from '../support/staff.ts'

const FIRST_HOST = new URL(FIRST).hostname

const clockAt = (minutes: number) => runAt(minutes, BINDINGS)

let org: Organisation
let carrier: Carrier
beforeEach(async () => {
  // Eleven o'clock in Bishkek, between the two calls of the day.
  vi.useFakeTimers({
    toFake: ['Date'],
    now: Math.floor(Date.now() / DAY_MS) * DAY_MS + 5 * HOUR_MS,
  })
  org = await freshEdge()
  carrier = stubCarrier()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The number of minutes until 18:00 on the same day and until 9:00 on the next day. */
const [SOON, LATER] = [7 * 60, 22 * 60]

test('The digest calls quietly at the set hours, and only after a report arrived', async () => {
  await clockAt(SOON + 1)
  expect(carrier.calls).toEqual([])
  for (let n = 0; n < 3; n++) await send(await sealed(org))
  expect(await keysIn('alerts/')).toEqual(['alerts/news'])
  expect(carrier.calls).toEqual([])
  await clockAt(SOON - 1)
  expect(carrier.calls).toEqual([])
  await clockAt(SOON + 1)
  expect(carrier.calls).toHaveLength(1)
  expect(carrier.calls[0]?.init).toMatchObject({ body: `${WAITS} ${LINK}` })
  expect(carrier.calls[0]?.init.headers).not.toHaveProperty('priority')
  expect(await keysIn('alerts/')).toEqual([])
  await clockAt(LATER + 1)
  expect(carrier.calls).toHaveLength(1)
})

test('The digest calls late after a missed minute, and again after a failed call', async () => {
  await send(await sealed(org))
  carrier.answers[FIRST_HOST] = isDead
  await clockAt(SOON + 200)
  await clockAt(SOON + 201)
  delete carrier.answers[FIRST_HOST]
  await clockAt(SOON + 202)
  await clockAt(SOON + 203)
  expect(carrier.hosts()).toEqual([FIRST_HOST, FIRST_HOST, FIRST_HOST])
})

test('A report of danger raises an alert, and therefore is not in the digest', async () => {
  await send(await sealed(org, { danger: true }))
  expect(await keysIn('alerts/')).toEqual(['alerts/open'])
})

test('R49: The digest carries digits of checkpoint and ledger, and an alert does not', async () => {
  const staff = await person('intake')
  for (const fill of [0x11, 0xab]) {
    const digest = toB64(new Uint8Array(32).fill(fill))
    const stored = await writeCheckpoint(new Uint8Array())
    const body = await signed(staff, 'checkpoint.sign', staff.id, { cases: 0, digest })
    const answer = await asStaff('checkpoints', 'POST', writeUpload(body, stored), staff.cookie)
    expect(answer.status).toBe(201)
  }
  await send(await sealed(org))
  await clockAt(SOON + 1)
  await send(await sealed(org, { danger: true }))
  const [digest, alert] = carrier.calls.map(({ init }) => init.body)
  const { n, hash } = await ledgerHead()
  const state = 'Бардык иштердин абалы: abab abab abab abab abab'
  const row = `Журнал, ${n}-сап: ${shownHash(fromB64(hash))}`
  expect(digest).toBe(`${WAITS} ${state}\n${row} ${LINK}`)
  expect(alert).toBe(`${WAITS} ${LINK}`)
})
