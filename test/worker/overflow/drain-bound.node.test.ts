// Checks that nothing waits in the overflow longer than docs/overflow.md states. Seeds determine
// which reports arrive. New objects arrive as fast as the drain removes objects.
import { expect, test } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { GRADES, type Grade } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { dayOf } from '#protocol/time'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { organisation } from '#test/protocol/support/organisation.ts'
import type { Deps } from '#worker/deps'
import { drainOverflow } from '#worker/scheduled/drain-overflow'
import { leastShare, runSizeOf, type RunSize } from '#worker/scheduled/share-run'
import { SAMPLED, sampleOf } from '#test/sample.ts'
import { openDatabase } from '#worker/store/database'
import { readCycles } from '#worker/store/overflow/drain-mark'
import { OVERFLOW } from '#worker/store/overflow/partitions'
import { putUnderMark } from '#worker/store/overflow/put-waiting'
import { fakeEnvelope, putFake } from '../support/waiting-objects.ts'

const BEGINS_AT = Date.parse('2026-11-24T09:00:30Z')
const MINUTE_MS = 60_000
/** Maximum error of R2's clock, as a number of runs: see CLOCK_ERROR_MS. */
const LATE_RUNS = 2

interface Arrived {
  run: number
  partition: string
  isStray: boolean
}

async function newWorld(runSize: RunSize) {
  let now = BEGINS_AT
  const clock = (): number => now
  const database = new HomeDatabase()
  const bucket = new HomeBucket({ clock }).binding()
  const { manifest, manifestBytes } = await organisation(now)
  database.insert('epochs', {
    ...{ epoch: manifest.epoch, manifest: manifestBytes },
    ...{ hybrid_key: new Uint8Array(1216), sealed_for_recovery: new Uint8Array(1306) },
  })
  const deps = {
    db: openDatabase(database.binding()),
    bucket,
    fullAt: { unproven: Infinity, reports: Infinity, all: Infinity },
    runSize,
    now: clock,
    random: randomBytes,
  } as unknown as Deps
  const pass = (): void => void (now += MINUTE_MS)
  return { deps, bucket, database, manifest, clock, pass }
}

type World = Awaited<ReturnType<typeof newWorld>>

async function putReport(
  { bucket, manifest, clock }: World,
  grade: Grade,
  danger: boolean,
  headerId?: Bytes,
): Promise<[string, string]> {
  const envelope = await fakeEnvelope(manifest, { danger, ...(headerId && { headerId }) })
  const id = await putUnderMark(bucket, () => putFake(bucket, envelope, grade, dayOf(clock())))
  return [toB64(id), `${danger ? 'urgent-' : ''}${grade}`]
}

async function putStray({ bucket, manifest, clock }: World): Promise<[string, string]> {
  const envelope = await fakeEnvelope(manifest, { kind: KIND.followUp })
  const cycle = await readCycles(bucket)
  const follow = { writeToken: randomBytes(32), cycle }
  const id = await putUnderMark(bucket, () => putFake(bucket, envelope, 0, dayOf(clock()), follow))
  return [toB64(id), 'followup']
}

/** Lists the partition of every waiting object, by report id. */
async function waitingIn(bucket: R2Bucket): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let startAfter = ''; ;) {
    const { objects, truncated } = await bucket.list({
      ...{ prefix: OVERFLOW, startAfter },
      include: ['customMetadata'],
    })
    for (const { key, customMetadata } of objects)
      found.set(customMetadata?.['report-id'] ?? '', key.split('/')[1] ?? '')
    startAfter = objects.at(-1)?.key ?? ''
    if (!truncated) return found
  }
}

const SIZES = [
  ['paid', sampleOf(2500, 10_000)],
  ['free', 600],
] as const

test.each(SIZES)(
  'On the %s plan none of %d objects waits longer than its bound, at equal arrivals and departures',
  SAMPLED,
  async (plan, many) => {
    const size = runSizeOf(plan)
    const chance = chanceFrom(many)
    const world = await newWorld(size)
    const arrived = new Map<string, Arrived>()
    const come = async (run: number): Promise<void> => {
      const isStray = chance.below(2) === 0
      const [id, partition] = isStray
        ? await putStray(world)
        : await putReport(world, chance.one(GRADES), chance.below(8) === 0)
      arrived.set(id, { run, partition, isStray })
    }
    for (let at = 0; at < many; at++) await come(0)
    const most = new Map<string, number>()
    const waits: Arrived[] = []
    const comingRuns = Math.ceil((2 * many) / size.objects)
    let left = arrived.size
    for (let run = 1; left > 0; run++) {
      await drainOverflow(world.deps, Promise.resolve(true))
      world.pass()
      const waiting = await waitingIn(world.bucket)
      left = waiting.size
      const counts = new Map<string, number>()
      for (const name of waiting.values()) counts.set(name, (counts.get(name) ?? 0) + 1)
      for (const [name, count] of counts) most.set(name, Math.max(most.get(name) ?? 0, count))
      for (const [id, each] of arrived)
        if (!waiting.has(id)) {
          waits.push({ ...each, run: run - each.run })
          arrived.delete(id)
        }
      if (run <= comingRuns) for (let at = 0; at < size.objects; at++) await come(run)
    }
    const share = leastShare(size)
    const runsOfPass = (partition: string): number =>
      Math.ceil(((most.get(partition) ?? 0) + LATE_RUNS * size.objects) / share)
    const cycle = Math.max(
      ...[...most.keys()].filter((name) => name !== 'followup').map(runsOfPass),
    )
    const boundOf = ({ partition, isStray }: Arrived): number =>
      2 * runsOfPass(partition) + (isStray ? 2 * cycle : 0)
    const longest = (isStray: boolean): number =>
      Math.max(...waits.filter((each) => each.isStray === isStray).map(({ run }) => run))
    console.log(
      `${plan}: ${waits.length} drained, longest wait ${longest(false)} runs for a report and ` +
        `${longest(true)} for a stray follow-up`,
    )
    expect(waits.filter((each) => each.run > boundOf(each))).toEqual([])
    const counted = world.database.rows('SELECT count(*) AS n FROM reports')
    expect(counted).toEqual([{ n: waits.length }])
  },
)

/** Makes a header id whose key has this position among the keys of a partition. */
function headerId(place: number): Bytes {
  const id = randomBytes(16)
  id.set([place >> 8, place])
  return id
}

test.each([0, 0xffff])(
  'A report alone in the overflow is drained even when a pass has stopped elsewhere than at %i',
  async (place) => {
    const world = await newWorld({ objects: 1, joins: 1 })
    await putReport(world, 1, false, headerId(100))
    const takenIn = headerId(200)
    await putReport(world, 1, false, takenIn)
    await drainOverflow(world.deps, Promise.resolve(true))
    await world.bucket.delete(`${OVERFLOW}1/${toB64(takenIn)}`)
    for (let minute = 0; minute < 9; minute++) world.pass()
    const [alone] = await putReport(world, 1, false, headerId(place))
    for (let run = 0; run < 3; run++) {
      await drainOverflow(world.deps, Promise.resolve(true))
      world.pass()
    }
    expect((await waitingIn(world.bucket)).has(alone)).toBe(false)
  },
)

test('A report is drained although new reports always come first in its partition', async () => {
  const world = await newWorld({ objects: 1, joins: 1 })
  for (let at = 0; at < 3; at++) await putReport(world, 1, false, headerId(at))
  const [last] = await putReport(world, 1, false, headerId(0xffff))
  let runs = 0
  while ((await waitingIn(world.bucket)).has(last)) {
    await drainOverflow(world.deps, Promise.resolve(true))
    world.pass()
    // A stranger who knows the position of the pass sends one report just behind it in each run.
    await putReport(world, 1, false, headerId(100 + runs++))
    if (runs > 50) throw new Error('the report starves')
  }
  expect(runs).toBeLessThanOrEqual(4 + LATE_RUNS + 1)
})

test('A stray follow-up waits two cycles of the new mark after the old mark was lost', async () => {
  const world = await newWorld(runSizeOf('free'))
  const waits: boolean[] = []
  await drainOverflow(world.deps, Promise.resolve(true))
  const [id] = await putStray(world)
  for (let run = 0; run < 4; run++) {
    for (let minute = 0; minute < 9; minute++) world.pass()
    if (run === 1) await world.bucket.delete('marks/drain')
    await drainOverflow(world.deps, Promise.resolve(true))
    waits.push((await waitingIn(world.bucket)).has(id))
  }
  expect(waits).toEqual([true, true, false, false])
})
