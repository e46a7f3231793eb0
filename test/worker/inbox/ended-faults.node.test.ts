// Checks that a number remains ended after the edge has confirmed that it ended. Reports arrive,
// the drain runs, and reporters end numbers at the same time, while R2 and D1 fail. A seed
// determines each fault and each order, so that a run can be repeated.
import { createHash } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import {
  destroyBody,
  makeReceipt,
  ownerHashOf,
  receiptKeys,
  type ReceiptKeys,
} from '#protocol/report/receipt'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'
import { seededRandom } from '#scripts/shared/seeded-random'
import { organisation } from '#test/protocol/support/organisation.ts'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import type { Env } from '#worker/env'
import { depsOf } from '#worker/http/app'
import { edge } from '#worker/http/router'
import { runChores } from '#worker/scheduled/run-chores'
import { disturbBy, disturbedBucket, disturbedDb, type Disturb } from '../support/disturbed.ts'
import { inTurnBy } from '../support/in-turn.ts'

const RUNS = sampleOf(150, 500)
const REPORTERS = 4
const TRIES = 4
const DRAINS = 4
/** The share of calls to R2 and D1 that fail. */
const SHARES = [
  [0.1, 0.1],
  [0.3, 0.3],
  [0.6, 0.6],
  [0.3, 0],
  [1, 0.3],
] as const

type Organisation = Awaited<ReturnType<typeof organisation>>
interface ReporterEnvelopes {
  keys: ReceiptKeys
  ownerHash: Bytes
  first: Bytes
  followUp: Bytes
}

let org: Organisation
let reporters: ReporterEnvelopes[]
beforeAll(async () => {
  org = await organisation(Date.now())
  reporters = await Promise.all(Array.from({ length: REPORTERS }, envelopesOf))
  // WebCrypto works on other threads, and would finish in an order that the seed does not
  // determine.
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((_algorithm, data) =>
    Promise.resolve(
      new Uint8Array(
        createHash('sha256')
          .update(data as Bytes)
          .digest(),
      ).buffer,
    ),
  )
})

async function envelopesOf(): Promise<ReporterEnvelopes> {
  const keys = await receiptKeys(makeReceipt())
  const ownerHash = await ownerHashOf(keys.lookup)
  const hashes = { ownerHash, writeHash: await sha256(keys.write) }
  const sealed = (kind: Kind): Promise<Bytes> =>
    sealEnvelope(org.manifest, { headerId: randomBytes(16), kind, danger: false, ...hashes }, '{}')
  return { keys, ownerHash, first: await sealed(KIND.tip), followUp: await sealed(KIND.followUp) }
}

const octets = (body: Bytes, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/octet-stream', ...headers },
})

/** Makes empty stores: reliable ones for the test, and failing ones for the worker. */
function makeStores(seed: number) {
  const roll = seededRandom(seed)
  const [ofR2, ofD1] = SHARES[seed % SHARES.length] ?? [0, 0]
  const turn = inTurnBy(roll)
  const failing = (share: number): Disturb => {
    const fate = disturbBy(roll, share)
    return (call) => turn(() => fate(call))
  }
  const database = new HomeDatabase()
  database.insert('epochs', {
    ...{ epoch: org.manifest.epoch, manifest: org.manifestBytes },
    ...{ hybrid_key: org.hybridKey, sealed_for_recovery: new Uint8Array(32) },
  })
  const db = database.binding()
  const bucket = new HomeBucket().binding()
  const env = {
    FLOOD_MODE: 'off',
    DATABASE_MB: '500',
    PLAN: 'free',
    STAFF_HOST: '',
    ALERT_DIGEST_HOURS: '',
  } as Env
  const whole: Env = { ...env, DB: db, FILES: bucket }
  const failingStores: Env = {
    ...env,
    DB: disturbedDb(db, failing(ofD1)),
    FILES: disturbedBucket(bucket, failing(ofR2)),
  }
  return { roll, database, whole, failingStores }
}

interface Outcome {
  ended: number
  alive: number
}

async function run(seed: number): Promise<Outcome> {
  const { roll, database, whole, failingStores } = makeStores(seed)
  /** the work that the worker does after its responses */
  const later: Promise<unknown>[] = []
  const context = {
    waitUntil: (work: Promise<unknown>) => void later.push(work),
  } as unknown as ExecutionContext
  const succeeds = async (path: string, init: RequestInit, status: number) => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const request = new Request(`https://oasis.example${path}`, init)
      const answer = await edge.fetch(request, failingStores, context)
      if (answer.status === status) return true
      const code = await answer.text()
      expect([answer.status, code]).toEqual([503, '{"error":{"code":"unavailable"}}'])
    }
    return false
  }
  const ended: Bytes[] = []
  const live = async ({ keys, ownerHash, first, followUp }: ReporterEnvelopes): Promise<void> => {
    if (!(await succeeds('/api/reports', octets(first), 201))) return
    const token = { 'oasis-write': toB64(keys.write) }
    if (roll() < 0.5) await succeeds('/api/reports', octets(followUp, token), 201)
    if (await succeeds('/api/inbox/destroy', octets(destroyBody(keys)), 204)) ended.push(ownerHash)
  }
  const runClock = async (): Promise<void> => {
    for (let at = 0; at < DRAINS; at++)
      await runChores(depsOf(failingStores)).catch(() => undefined)
  }
  await Promise.all([...reporters.map(live), runClock()])
  await Promise.all(later)

  const waits = async () => (await whole.FILES.list({ prefix: 'overflow/' })).objects.length > 0
  for (let at = 0; await waits(); at++) {
    if (at > 100) throw new Error('the overflow does not drain')
    await runChores(depsOf(whole))
  }
  const find = 'SELECT 1 FROM reports WHERE owner_hash = ?'
  const alive = ended.filter((ownerHash) => database.rows(find, [ownerHash]).length > 0).length
  database.close()
  return { ended: ended.length, alive }
}

test(
  `In ${RUNS} runs with failing stores every confirmed end of a number holds`,
  SAMPLED,
  async () => {
    const alive: number[] = []
    let numbers = 0
    for (let seed = 0; seed < RUNS; seed++) {
      const outcome = await run(seed)
      numbers += outcome.ended
      if (outcome.alive > 0) alive.push(seed)
    }
    console.log(`${numbers} numbers were ended in ${RUNS} runs.`)
    expect(alive).toEqual([])
    expect(numbers).toBeGreaterThan(RUNS)
  },
)
