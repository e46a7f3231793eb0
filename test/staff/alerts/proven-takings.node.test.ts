// Tests that, with a hostile server, the screen states only what a confirmed colleague has signed
// about an alert.
import { beforeEach, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import type { ShownAlert } from '#protocol/staff/alerts/alerts'
import { takingMessage } from '#protocol/staff/alerts/taking'
import type { Member } from '#protocol/staff/ledger/roster-state'
import { statementMessage } from '#protocol/staff/chain'
import { alertState, provenTakings } from '#site/staff/alerts/use-proven-takings.ts'
import { signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'

const AT = '2026-11-25T17:04Z'
const ALERT = toB64(randomBytes(16))
const [AIGUL, BERMET] = [toB64(randomBytes(16)), toB64(randomBytes(16))]

let aigul: SigningPair
let bermet: SigningPair
beforeEach(async () => {
  aigul = await signingPair()
  bermet = await signingPair()
})

const rosterWith = (state: Member['state'] = 'confirmed') => {
  const member = (id: string, { publicKey }: SigningPair) =>
    [id, { id, signPublic: toB64(publicKey), state } as Member] as const
  return { people: new Map([member(AIGUL, aigul), member(BERMET, bermet)]) }
}

async function takenBy(pair: SigningPair, by: string, alert = ALERT): Promise<ShownAlert> {
  const said = { by, at: AT }
  const signature = toB64(await signBytes(pair.privateKey, takingMessage(alert, said)))
  return shown({ ...said, signature })
}
const shown = (taken: ShownAlert['taken']): ShownAlert => ({
  ...{ id: ALERT, since: '2026-11-25T17:00:00.000Z', case: null, taken },
})

const isProven = async (alert: ShownAlert, state?: Member['state']): Promise<boolean> =>
  (await provenTakings([alert], rosterWith(state))).has(ALERT)

test('A taking that a colleague signed is proven', async () => {
  expect(await isProven(await takenBy(aigul, AIGUL))).toBe(true)
  expect(await isProven(shown(null))).toBe(false)
})

test('A server that names a colleague proves nothing with any other signature', async () => {
  const honest = await takenBy(aigul, AIGUL)
  const { taken } = honest
  if (!taken) throw new Error('Aigul took the alert')
  const row = statementMessage('ledger', JSON.stringify([ALERT, AIGUL, AT]))
  const lies: Record<string, ShownAlert> = {
    'no signature': shown({ ...taken, signature: toB64(randomBytes(64)) }),
    'a signature of a colleague who is not named': await takenBy(bermet, AIGUL),
    'another name under it': shown({ ...taken, by: BERMET }),
    'a taking of another alert': await takenBy(aigul, AIGUL, toB64(randomBytes(16))),
    'a later minute': shown({ ...taken, at: '2026-11-25T17:20Z' }),
    'a person who is not in the ledger': await takenBy(aigul, toB64(randomBytes(16))),
    'a signed row of the ledger': shown({
      ...taken,
      signature: toB64(await signBytes(aigul.privateKey, row)),
    }),
  }
  for (const [lie, alert] of Object.entries(lies)) expect(await isProven(alert), lie).toBe(false)
})

test('A person who waits or has left has no alert', async () => {
  const alert = await takenBy(aigul, AIGUL)
  for (const state of ['waiting', 'refused', 'removed'] as const)
    expect(await isProven(alert, state)).toBe(false)
})

test('The line is red until a taking is proven, and again once the taking is too old', async () => {
  const alert = await takenBy(aigul, AIGUL)
  const at = (minutes: number): number => Date.parse(AT) + minutes * 60_000
  const held = { alert, isProven: true }
  expect(alertState({ alert: shown(null), isProven: false }, 15, at(0))).toBe('open')
  expect(alertState({ alert, isProven: false }, 15, at(1))).toBe('open')
  expect(alertState(held, 15, at(14))).toBe('held')
  expect(alertState(held, 15, at(15))).toBe('late')
})

test('A server that names a longer time keeps the line calm for an hour at most', async () => {
  const held = { alert: await takenBy(aigul, AIGUL), isProven: true }
  expect(alertState(held, 9999, Date.parse(AT) + 59 * 60_000)).toBe('held')
  expect(alertState(held, 9999, Date.parse(AT) + 60 * 60_000)).toBe('late')
})
