// R27: No report is lost or stored twice while services fail. Clients try three times (the page
// tries four times), and keep the words when all attempts fail. Clients send the same bytes again,
// as the page does when the person presses the button again.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { headerIdOf, KIND, reportIdOf } from '#protocol/report/envelope'
import { findProof } from '#protocol/crypto/proof-of-work'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { seededRandom } from '#scripts/shared/seeded-random'
import { makeSiteverify, SECRET, tokenFor } from '#scripts/test/siteverify'
import type { Env } from '#worker/env'
import { runChores } from '#worker/scheduled/run-chores'
import {
  ask,
  db,
  deps,
  freshEdge,
  octets,
  ORIGIN,
  reporter,
  sealed,
  type Organisation,
} from '../support/edge.ts'
import { disturbBy, disturbedBucket, disturbedDb } from '../support/disturbed.ts'
import { keysIn } from '../support/failing.ts'
import { checkBody } from '../support/turnstile.ts'

const CLIENTS = sampleOf(5, 20)
/** Number of clients with a proof of work: only a few, because finding a proof takes a while. */
const PROVING = CLIENTS * 0.4
const EACH = 10
const TRIES = 3
/** The share of failing calls. Some calls succeed, so both stores may contain the same report. */
const SHARE = 0.7
const FAULTS = ['Turnstile', 'proof of work', 'D1', 'R2'] as const
type Fault = (typeof FAULTS)[number]

interface Submission {
  envelope: Bytes
  nonce: number | null
  headers: Record<string, string>
}

let org: Organisation
let clients: Submission[][]
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

/**
 * Seals eight reports and two follow-ups to the first report. Some clients have a proof of work.
 */
async function submissionsOf(index: number): Promise<Submission[]> {
  const hasProof = index < PROVING
  const { keys, hashes } = await reporter()
  const submissions: Submission[] = []
  for (let at = 0; at < EACH; at++) {
    const followsUp = at >= EACH - 2
    const header = at === 0 ? hashes : followsUp ? { ...hashes, kind: KIND.followUp } : {}
    const envelope = await sealed(org, header)
    const nonce =
      at === 1 && hasProof ? findProof(headerIdOf(envelope), Date.now(), 0, 2 ** 22) : null
    const headers: Record<string, string> = followsUp ? { 'oasis-write': toB64(keys.write) } : {}
    submissions.push({ envelope, nonce, headers })
  }
  return submissions
}

beforeAll(async () => {
  org = await freshEdge()
  clients = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => submissionsOf(index)))
  vi.stubGlobal('fetch', (_url: string, { body }: { body: URLSearchParams }) =>
    answeredBySiteverify
      ? Promise.resolve(Response.json(judge(body)))
      : Promise.reject(new Error('no')),
  )
}, 120_000)
afterAll(() => vi.unstubAllGlobals())

/** Sends a report. Returns whether the edge accepted the report and whether a check promoted it. */
async function send(
  { envelope, nonce, headers }: Submission,
  changes: Partial<Env>,
  hasProof: boolean,
): Promise<{ taken: boolean; promoted: boolean }> {
  const proof = nonce === null ? null : hasProof ? nonce : nonce + 1
  const all = { ...headers, ...(proof !== null && { 'oasis-proof': String(proof) }) }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await ask('/api/reports', octets(envelope, all), changes)
    const text = await answer.text()
    if (answer.status === 201)
      return {
        taken: true,
        promoted: text.includes('check') && (await passCheck(envelope, changes)),
      }
    expect([answer.status, text]).toEqual([503, '{"error":{"code":"unavailable"}}'])
  }
  return { taken: false, promoted: false }
}

async function passCheck(envelope: Bytes, changes: Partial<Env>): Promise<boolean> {
  const token = tokenFor(new URL(ORIGIN).hostname)
  const body = octets(await checkBody(envelope, token), { origin: ORIGIN })
  return (await ask('/api/check', body, changes)).status === 204
}

const hex = (bytes: Bytes): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Lists the ids in the database as hex, once for each row. */
async function storedIds(): Promise<string[]> {
  const query = 'SELECT hex(id) AS id FROM reports UNION ALL SELECT hex(id) FROM follow_ups'
  const { results } = await db.prepare(query).all<{ id: string }>()
  return results.map(({ id }) => id.toLowerCase())
}

async function waitingIds(): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const key of await keysIn('overflow/'))
    ids.add((await env.FILES.head(key))?.customMetadata?.['report-id'] ?? '')
  return ids
}

async function drainAll(): Promise<void> {
  for (let run = 0; (await keysIn('overflow/')).length > 0; run++) {
    if (run > 500) throw new Error('the overflow does not drain')
    await runChores(deps)
  }
}

/** Every combination of the faults. */
const combinations: Fault[][] = Array.from({ length: 2 ** FAULTS.length }, (_, bits) =>
  FAULTS.filter((_fault, at) => (bits >> at) & 1),
)

test.each(combinations.map((faults, at) => [faults.join(', ') || 'nothing', faults, at] as const))(
  `R27: With faults in %s, none of ${CLIENTS * EACH} reports is lost or stored twice`,
  SAMPLED,
  async (_name, faults, at) => {
    await emptyStores()
    const fails = (fault: Fault): boolean => faults.includes(fault)
    const roll = seededRandom(at + 1)
    const disturb = disturbBy(roll, SHARE)
    answeredBySiteverify = !fails('Turnstile')
    const floods = { limit: () => Promise.resolve({ success: roll() < 0.5 }) }
    const changes: Partial<Env> = {
      ...{ TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET: SECRET },
      ...{ FLOOD: floods, FLOOD_MODE: 'auto' },
      ...(fails('D1') && { DB: disturbedDb(env.DB, disturb) }),
      ...(fails('R2') && { FILES: disturbedBucket(env.FILES, disturb) }),
    }
    const taken: Submission[] = []
    const kept: Submission[] = []
    const promoted: string[] = []
    await Promise.all(
      clients.map(async (submissions) => {
        for (const submission of submissions) {
          const outcome = await send(submission, changes, !fails('proof of work'))
          ;(outcome.taken ? taken : kept).push(submission)
          if (outcome.promoted) promoted.push(hex(await reportIdOf(submission.envelope)))
        }
      }),
    )
    const [stored, waiting] = [new Set(await storedIds()), await waitingIds()]
    const lost: Submission[] = []
    for (const submission of taken) {
      const id = await reportIdOf(submission.envelope)
      if (!stored.has(hex(id)) && !waiting.has(toB64(id))) lost.push(submission)
    }
    expect([lost.length, taken.length + kept.length]).toEqual([0, CLIENTS * EACH])
    if (!fails('D1') || !fails('R2')) expect(kept).toEqual([])
    if (fails('Turnstile')) expect(promoted).toEqual([])

    // All services work again. Clients send the kept reports, and a fifth of the others, a second
    // time.
    answeredBySiteverify = true
    const again = [...kept, ...taken.filter(() => roll() < 0.2)]
    for (const submission of again) expect((await send(submission, {}, true)).taken).toBe(true)
    await drainAll()
    const ids = await storedIds()
    expect([ids.length, new Set(ids).size]).toEqual([CLIENTS * EACH, CLIENTS * EACH])
    expect(await keysIn('')).toEqual(['keys/current', 'marks/drain', 'marks/waiting'])
    const checked = await db
      .prepare('SELECT hex(id) AS id FROM reports WHERE grade >= 2')
      .all<{ id: string }>()
    const raised = new Set(checked.results.map(({ id }) => id.toLowerCase()))
    expect(promoted.filter((id) => !raised.has(id))).toEqual([])
    console.log(
      `${faults.join(', ') || 'nothing'}: ${taken.length} taken in (${waiting.size} waited), ` +
        `${kept.length} kept by the page, ${promoted.length} promoted by a check; ` +
        '0 lost, 0 doubled',
    )
  },
)

test.each([
  ['nothing', []],
  ['D1', ['D1']],
  ['R2', ['R2']],
  ['D1 and R2', ['D1', 'R2']],
] as const)(
  'R27: With faults in %s, each form is stored or its words are returned',
  async (_name, faults: readonly Fault[]) => {
    await emptyStores()
    await runChores(deps)
    const disturb = disturbBy(seededRandom(99), SHARE)
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
    // When a store fails after completing its work, the page also returns words that are stored. No
    // form receives a 201 response without being stored.
    expect((await storedIds()).length).toBeGreaterThanOrEqual(stored)
    expect(stored).toBeGreaterThan(faults.length === 2 ? 0 : faults.length === 0 ? 39 : 10)
  },
)
