// Checks [Note: waiting mark]: objects are put into the overflow during runs of the clock. A seed
// determines the order of the calls to R2, and which put is interrupted.
import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { HomeBucket } from '#scripts/home/bucket'
import { seededRandom } from '#scripts/shared/seeded-random'
import type { Deps } from '#worker/deps'
import { settleMark } from '#worker/scheduled/settle-mark'
import { OVERFLOW } from '#worker/store/overflow/partitions'
import { mayWait, readMark } from '#worker/store/overflow/waiting-mark'
import { putUnderMark } from '#worker/store/overflow/put-waiting'
import { disturbedBucket, type Disturb } from '../support/disturbed.ts'
import { inTurnBy } from '../support/in-turn.ts'

const RUNS = 3000
const PUTS = 3
const CLOCKS = 5

const depsWith = (bucket: R2Bucket): Deps => ({ bucket, random: randomBytes }) as Deps

/** Imitates the clock: reads the mark, takes the listed objects, and settles the mark. */
async function runClock(bucket: R2Bucket, isFullLook = false): Promise<void> {
  const mark = await readMark(bucket)
  if (!mayWait(mark) && !isFullLook) return
  const { objects } = await bucket.list({ prefix: OVERFLOW })
  await bucket.delete(objects.map(({ key }) => key))
  await settleMark(depsWith(bucket), mark)
}

const waitingIn = async (bucket: R2Bucket): Promise<number> =>
  (await bucket.list({ prefix: OVERFLOW })).objects.length

/**
 * Starts puts into the overflow and runs of the clock at the same time. Counts the waiting reports
 * after three more runs and a full check.
 */
async function overlookedBy(seed: number, isInterrupted: boolean): Promise<[number, number]> {
  const roll = seededRandom(seed)
  const whole = new HomeBucket().binding()
  const turn = inTurnBy(roll)
  const inTurn = disturbedBucket(whole, turn)
  const callsLeft = (limit: number): Disturb => {
    let left = limit
    return (call) => (left-- > 0 ? turn(call) : new Promise<never>(() => undefined))
  }
  const put = async (at: number): Promise<void> => {
    const bucket = isInterrupted ? disturbedBucket(whole, callsLeft(roll() * 6)) : inTurn
    await putUnderMark(bucket, () => bucket.put(`${OVERFLOW}0/${at}`, 'x'))
  }
  const puts = Array.from({ length: PUTS }, (_, at) => put(at))
  const clocks = [0, 1].map(async () => {
    for (let run = 0; run < CLOCKS; run++) await runClock(inTurn)
  })
  await Promise.all([...clocks, ...(isInterrupted ? [] : puts)])
  // An interrupted put never finishes, but by now its last calls have run.
  await turn(() => Promise.resolve())
  for (let run = 0; run < 3; run++) await runClock(whole)
  const overlooked = await waitingIn(whole)
  await runClock(whole, true)
  return [overlooked, await waitingIn(whole)]
}

test(`The clock overlooks no report in ${RUNS} orders of puts and clocks`, async () => {
  for (let seed = 0; seed < RUNS; seed++)
    expect([seed, ...(await overlookedBy(seed, false))]).toEqual([seed, 0, 0])
}, 60_000)

test(`The full look finds every report in ${RUNS} orders with interrupted puts`, async () => {
  let overlooked = 0
  for (let seed = 0; seed < RUNS; seed++) {
    const [before, after] = await overlookedBy(seed, true)
    expect([seed, after]).toEqual([seed, 0])
    overlooked += before
  }
  // A report waits for the full check only if two events coincide. First, the put is interrupted
  // after it writes its object and before its second read of the mark. Second, two complete runs of
  // the clock fit between the put's first read and that write.
  console.log(`${overlooked} reports of ${RUNS * PUTS} waited for the full look.`)
  expect(overlooked).toBeLessThan(RUNS * PUTS * 0.02)
}, 60_000)
