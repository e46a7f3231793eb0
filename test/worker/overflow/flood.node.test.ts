// Checks that a flood of cheap proofs does not prevent an honest report of danger from reaching
// staff. The proofs were found in advance for one fixed day, because the search takes minutes. The
// edge checks each proof.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { concat, randomBytes, toB64, u32, type Bytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { reportIdOf } from '#protocol/report/envelope'
import { QUEUE_PAGE } from '#protocol/staff/list/queue'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'
import { organisation } from '#test/protocol/support/organisation.ts'
import type { Deps } from '#worker/deps'
import { isFlooded } from '#worker/reports/rate-limit'
import { submitReport } from '#worker/reports/submit'
import { drainOverflow } from '#worker/scheduled/drain-overflow'
import { runSizeOf } from '#worker/scheduled/share-run'
import { openDatabase } from '#worker/store/database'
import { OVERFLOW } from '#worker/store/overflow/partitions'
import { listQueueLines } from '#worker/store/list/queue'
import { fakeEnvelope } from '../support/waiting-objects.ts'

interface Proofs {
  day: number
  honest: number
  junk: number[]
}

const FILE = new URL('../../vectors/proofs_sha-ni.json', import.meta.url)
const { day, honest, junk } = JSON.parse(readFileSync(FILE, 'utf8')) as Proofs
const HONEST = 4_000_000_000

const headerIdOf = (n: number): Bytes => concat(u32(n), u32(n), u32(n), u32(n))

test('R40: After a flood of 16-bit proofs the drain puts danger of 20 bits first', async () => {
  let now = day * DAY_MS + DAY_MS / 2
  const database = new HomeDatabase()
  const bucket = new HomeBucket({ clock: () => now }).binding()
  const { manifest, manifestBytes } = await organisation(now)
  database.insert('epochs', {
    ...{ epoch: manifest.epoch, manifest: manifestBytes },
    ...{ hybrid_key: new Uint8Array(1216), sealed_for_recovery: new Uint8Array(1306) },
  })
  let mode = 'auto'
  const counted = new Map<string, number>()
  const limiterOf = (limit: number): RateLimit => ({
    limit: ({ key }) => {
      const minute = `${key} ${Math.floor(now / 60_000)}`
      counted.set(minute, (counted.get(minute) ?? 0) + 1)
      return Promise.resolve({ success: (counted.get(minute) ?? 0) <= limit })
    },
  })
  const limiters = { low: limiterOf(15), high: limiterOf(60) }
  const deps = {
    db: openDatabase(database.binding()),
    bucket,
    isFlooded: (flow) => isFlooded(limiters, mode, flow),
    arrived: () => undefined,
    fullAt: { unproven: Infinity, reports: Infinity, all: Infinity },
    runSize: runSizeOf('free'),
    now: () => now,
    random: randomBytes,
  } as Partial<Deps> as Deps
  const send = async (n: number, proof: number): Promise<Bytes> => {
    const envelope = await fakeEnvelope(manifest, { headerId: headerIdOf(n), danger: true })
    await submitReport(deps, { envelope, sealedBy: 'device', proof, writeToken: null })
    return envelope
  }

  for (const [at, nonce] of junk.entries()) await send(at + 1, nonce)
  const waiting = await bucket.list({ prefix: `${OVERFLOW}urgent-1/` })
  expect(waiting.objects.length).toBe(Math.min(1000, junk.length - 15))
  // The honest report waits as well, as if its grade's rate had been exceeded.
  mode = 'on'
  const report = await send(HONEST, honest)
  expect((await bucket.list({ prefix: `${OVERFLOW}urgent-2/` })).objects).toHaveLength(1)
  now += 60_000
  await drainOverflow(deps, Promise.resolve(true))

  const { lines } = await listQueueLines(deps.db, new Uint8Array(16), {
    ...{ after: null, limit: QUEUE_PAGE },
    at: { today: '2026-11-25', isFlood: true },
  })
  const id = toB64(await reportIdOf(report))
  const place = lines.findIndex((line) => toB64(line.id) === id)
  expect(lines[place]?.grade).toBe(2)
  // By chance, a nonce of the flood may be a proof of 19 bits for the day before or after.
  expect(lines.slice(0, place).filter(({ grade }) => grade < 2)).toEqual([])
  const [total] = database.rows('SELECT count(*) AS n FROM reports')
  console.log(
    `${junk.length} junk reports, then ${String(total?.['n'])} rows after one run; ` +
      `the honest report has place ${place + 1} in the list`,
  )
}, 600_000)
