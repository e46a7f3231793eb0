import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { Me } from '#protocol/staff/people/people'
import { PAPER_TRIES } from '#protocol/staff/people/sign-in'
import { countingDb } from '../support/counting-db.ts'
import { ask, expectRefusal, freshEdge, rowsIn, STAFF_ORIGIN } from '../support/edge.ts'
import { asStaff, cookieOf, noise, person, type Person } from '../support/staff.ts'

interface Sheet {
  owner: Person
  lookup: string
  proof: string
}

let sheet: Sheet
beforeEach(async () => {
  await freshEdge()
  const owner = await person('intake')
  sheet = { owner, ...owner.paper }
})
afterEach(() => vi.useRealTimers())

const signIn = (changes: Partial<Sheet> = {}): Promise<Response> => {
  const { lookup, proof } = { ...sheet, ...changes }
  return asStaff('sign-in/paper', 'POST', { lookup, proof })
}

test('R35: A person whose phone is lost signs in by paper and gets a session', async () => {
  const answer = await signIn()
  expect(answer.status).toBe(200)
  expect(Me.parse(await answer.json()).id).toBe(sheet.owner.id)
  expect((await asStaff('reports', 'GET', undefined, cookieOf(answer))).status).toBe(200)
})

test('The stored hashes of a sheet sign nobody in', async () => {
  const stolen = {
    lookup: toB64((await sha256(fromB64(sheet.lookup))).slice(0, 16)),
    proof: toB64(await sha256(fromB64(sheet.proof))),
  }
  await expectRefusal(await signIn(stolen), 404, 'paper_unknown')
  await expectRefusal(await signIn({ proof: stolen.proof }), 401, 'wrong_passphrase')
  expect(await rowsIn('sessions')).toBe(1)
})

test('A sheet that nobody has is refused, and nothing is written', async () => {
  const { db: DB, tally } = countingDb(env.DB)
  const asked = {
    method: 'POST',
    body: JSON.stringify({ lookup: noise(16), proof: noise(32) }),
    headers: { origin: STAFF_ORIGIN, 'content-type': 'application/json' },
  }
  await expectRefusal(await ask('/api/staff/sign-in/paper', asked, { DB }), 404, 'paper_unknown')
  expect(tally.written).toBe(0)
})

test('After the tries of a day the right passphrase waits for the next day', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now())
  const wrong = { proof: noise(32) }
  const refused = await Promise.all(Array.from({ length: PAPER_TRIES }, () => signIn(wrong)))
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]))
  await expectRefusal(await signIn(), 429, 'too_many_tries')
  vi.setSystemTime(Date.now() + DAY_MS)
  expect((await signIn()).status).toBe(200)
})
