// R27: whatever fails, no report is lost and none is doubled. Clients behave as the page does: they try three times, keep the words
// when all three fail, and send the same bytes again when the person presses the button once more.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { concat, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { findProof } from '#protocol/proof'
import { dice } from '#scripts/dice'
import { makeSiteverify, SECRET, tokenFor } from '#scripts/test/siteverify'
import type { Env } from '#worker/env'
import { runUpkeep } from '#worker/upkeep/run'
import {
  ask,
  db,
  deps,
  freshEdge,
  idOf,
  octets,
  ORIGIN,
  reporter,
  sealed,
  type Organisation,
} from './edge.ts'
import { disturbBy, disturbedBucket, disturbedDb, keysIn } from './failing.ts'

const CLIENTS = 20
const EACH = 10
const TRIES = 3
/** How many calls of a failing store fail: some get through, so that both stores come to hold the same report. */
const SHARE = 0.7
const FAULTS = ['Turnstile', 'proof of work', 'D1', 'R2'] as const
type Fault = (typeof FAULTS)[number]

interface Letter {
  envelope: Bytes
  nonce: number | null
  headers: Record<string, string>
}

let org: Organisation
let clients: Letter[][]
let answeredBySiteverify = true
const judge = makeSiteverify()

async function emptyStores(): Promise<void> {
  await db.batch([db.prepare('DELETE FROM follow_ups'), db.prepare('DELETE FROM reports')])
  for (;;) {
    const keys = await keysIn('')
    if (keys.length === 0) return
    await env.FILES.delete(keys)
  }
}

/** Eight reports, one of them for some clients with a proof of work, and two follow-ups to the first. */
async function lettersOf(index: number): Promise<Letter[]> {
  // A proof takes a while to find.
  const proves = index < 8
  const { keys, hashes } = await reporter()
  const letters: Letter[] = []
  for (let at = 0; at < EACH; at++) {
    const followsUp = at >= EACH - 2
    const open = at === 0 ? hashes : followsUp ? { ...hashes, kind: KIND.followUp } : {}
    const envelope = await sealed(org, open)
    const nonce =
      at === 1 && proves ? findProof(await sha256(envelope), Date.now(), 0, 2 ** 22) : null
    const headers: Record<string, string> = followsUp ? { 'oasis-write': toB64(keys.write) } : {}
    letters.push({ envelope, nonce, headers })
  }
  return letters
}

beforeAll(async () => {
  org = await freshEdge()
  clients = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => lettersOf(index)))
  vi.stubGlobal('fetch', (_url: string, { body }: { body: URLSearchParams }) =>
    answeredBySiteverify
      ? Promise.resolve(Response.json(judge(body)))
      : Promise.reject(new Error('no')),
  )
}, 120_000)
afterAll(() => vi.unstubAllGlobals())

/** @returns whether it was taken in, and whether a check raised it */
async function send(
  { envelope, nonce, headers }: Letter,
  changes: Partial<Env>,
  proves: boolean,
): Promise<{ taken: boolean; raised: boolean }> {
  const proof = nonce === null ? null : proves ? nonce : nonce + 1
  const all = { ...headers, ...(proof !== null && { 'oasis-proof': String(proof) }) }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await ask('/api/reports', octets(envelope, all), changes)
    const text = await answer.text()
    if (answer.status === 201)
      return { taken: true, raised: text.includes('check') && (await passCheck(envelope, changes)) }
    expect([answer.status, text]).toEqual([503, '{"error":{"code":"unavailable"}}'])
  }
  return { taken: false, raised: false }
}

async function passCheck(envelope: Bytes, changes: Partial<Env>): Promise<boolean> {
  const token = tokenFor(new URL(ORIGIN).hostname)
  const body = octets(concat(envelope.slice(8, 24), utf8(token)), { origin: ORIGIN })
  return (await ask('/api/check', body, changes)).status === 204
}

const hex = (bytes: Bytes): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Hex ids in the database, once for each row. */
async function storedIds(): Promise<string[]> {
  const query = 'SELECT hex(id) AS id FROM reports UNION ALL SELECT hex(id) FROM follow_ups'
  const { results } = await db.prepare(query).all<{ id: string }>()
  return results.map(({ id }) => id.toLowerCase())
}

const waitingIds = async (): Promise<Set<string>> =>
  new Set((await keysIn('overflow/')).map((key) => key.slice('overflow/a/'.length)))

async function drainAll(): Promise<void> {
  for (let run = 0; (await keysIn('overflow/')).length > 0; run++) {
    if (run > 500) throw new Error('the overflow does not drain')
    await runUpkeep(deps)
  }
}

/** All four, some, none. */
const combinations: Fault[][] = Array.from({ length: 2 ** FAULTS.length }, (_, bits) =>
  FAULTS.filter((_fault, at) => (bits >> at) & 1),
)

test.each(combinations.map((faults, at) => [faults.join(', ') || 'nothing', faults, at] as const))(
  'R27: %s fails: of 200 reports from 20 clients none is lost and none is doubled',
  async (_name, faults, at) => {
    await emptyStores()
    const fails = (fault: Fault): boolean => faults.includes(fault)
    const roll = dice(at + 1)
    const disturb = disturbBy(roll, SHARE)
    answeredBySiteverify = !fails('Turnstile')
    const floods = { limit: () => Promise.resolve({ success: roll() < 0.5 }) }
    const changes: Partial<Env> = {
      ...{ TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET: SECRET },
      ...{ FLOOD: floods, FLOOD_MODE: 'auto' },
      ...(fails('D1') && { DB: disturbedDb(env.DB, disturb) }),
      ...(fails('R2') && { FILES: disturbedBucket(env.FILES, disturb) }),
    }
    const taken: Letter[] = []
    const kept: Letter[] = []
    const raised: string[] = []
    await Promise.all(
      clients.map(async (letters) => {
        for (const letter of letters) {
          const outcome = await send(letter, changes, !fails('proof of work'))
          ;(outcome.taken ? taken : kept).push(letter)
          if (outcome.raised) raised.push(hex(letter.envelope.slice(8, 24)))
        }
      }),
    )
    const [stored, waiting] = [new Set(await storedIds()), await waitingIds()]
    const lost = taken.filter(
      ({ envelope }) => !stored.has(hex(envelope.slice(8, 24))) && !waiting.has(idOf(envelope)),
    )
    expect([lost.length, taken.length + kept.length]).toEqual([0, CLIENTS * EACH])
    if (!fails('D1') || !fails('R2')) expect(kept).toEqual([])
    if (fails('Turnstile')) expect(raised).toEqual([])

    // All is well again: who had kept the words sends them, and some of the others send once more.
    answeredBySiteverify = true
    const again = [...kept, ...taken.filter(() => roll() < 0.2)]
    for (const letter of again) expect((await send(letter, {}, true)).taken).toBe(true)
    await drainAll()
    const ids = await storedIds()
    expect([ids.length, new Set(ids).size]).toEqual([CLIENTS * EACH, CLIENTS * EACH])
    expect(await keysIn('')).toEqual(['keys/manifest'])
    const laneA = await db
      .prepare("SELECT hex(id) AS id FROM reports WHERE lane = 'A'")
      .all<{ id: string }>()
    const inLaneA = new Set(laneA.results.map(({ id }) => id.toLowerCase()))
    expect(raised.filter((id) => !inLaneA.has(id))).toEqual([])
    console.log(
      `${faults.join(', ') || 'nothing'}: ${taken.length} taken in (${waiting.size} waited), ${kept.length} kept by the page, ${raised.length} raised by a check; 0 lost, 0 doubled`,
    )
  },
  60_000,
)

test.each([
  ['nothing', []],
  ['D1', ['D1']],
  ['R2', ['R2']],
  ['D1 and R2', ['D1', 'R2']],
] as const)(
  'R27: %s fails: each plain form is stored, or its words come back',
  async (_name, faults: readonly Fault[]) => {
    await emptyStores()
    await runUpkeep(deps)
    const disturb = disturbBy(dice(99), SHARE)
    const changes: Partial<Env> = {
      ...(faults.includes('D1') && { DB: disturbedDb(env.DB, disturb) }),
      ...(faults.includes('R2') && { FILES: disturbedBucket(env.FILES, disturb) }),
    }
    let stored = 0
    for (let form = 0; form < 40; form++) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const posted = { method: 'POST', body: `text=word+${form}`, headers }
      const answer = await ask('/api/form/ky', posted, changes)
      const page = await answer.text()
      if (answer.status === 201) stored++
      else expect([answer.status, page]).toEqual([503, expect.stringContaining(`>\nword ${form}<`)])
    }
    await drainAll()
    // A lost answer of a store that had done it: the words came back and are stored as well. None is the other way round.
    expect((await storedIds()).length).toBeGreaterThanOrEqual(stored)
    expect(stored).toBeGreaterThan(faults.length === 2 ? 0 : faults.length === 0 ? 39 : 10)
  },
)
