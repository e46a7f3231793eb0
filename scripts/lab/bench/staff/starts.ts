// Measures each way of starting the staff app: the time until lines appear, and until everything
// can be searched.
import type { Response } from '@playwright/test'
import { PIECE_CASES } from '#protocol/staff/list/pieces'
import type { StaffFigures } from '#scripts/lab/bench/staff/figures'
import type { Sight } from '#scripts/lab/bench/staff/page-watch'
import {
  FIRST_LINE,
  foundSight,
  noTimes,
  SEARCH,
  SIGN_IN,
  UNLOCK,
  type StaffPage,
  type Times,
} from '#scripts/lab/bench/staff/staff-page'
import { step } from '#scripts/shared/progress'

const [MEGABITS, LATENCY_MS] = [10, 40]
export const NETWORK = `${MEGABITS} Mbit/s, ${LATENCY_MS} ms`
const SECOND = 1000
/** The number of times that a progress bar must move to show that the work continues. */
const LEAST_MOVES = 3

/** Every piece contains this word, so its last hit shows that all pieces are open. */
const COMMON = 'паспорт'
const HIT: Sight = { selector: '.queue mark' }
const BAR: Sight = { selector: '.index-line progress' }

/** Waits until the server has answered the next `times` writes of pieces. */
function untilPiecesAreWritten({ page }: StaffPage, times: number): Promise<void> {
  let left = times
  return new Promise((done) => {
    const note = (response: Response): void => {
      const isWrite = response.request().method() === 'PUT' && response.url().includes('/pieces/')
      if (!isWrite || (left -= 1) > 0) return
      page.off('response', note)
      done()
    }
    page.on('response', note)
  })
}

/**
 * Opens all cases before any colleague has written a piece, and then waits for the pieces.
 *
 * @param total  number of cases
 */
export async function benchFirstTime(
  app: StaffPage,
  total: number,
  figures: StaffFigures,
): Promise<void> {
  await app.takeNotes()
  const written = untilPiecesAreWritten(app, Math.ceil(total / PIECE_CASES))
  const before = await app.cpu()
  const ms = await step('Opening all cases for the first time', async () => {
    const toBar = await app.pressUntil(UNLOCK, BAR)
    const barAt = await app.now()
    return toBar + (await app.until({ ...BAR, isGone: true })) - barAt
  })
  const [after, { longTasks, barValues }] = [await app.cpu(), await app.takeNotes()]
  const seconds = (ms / SECOND).toFixed(0)
  const moved = `the bar moved ${barValues.length} times`
  const first = 'the first time of all, no piece yet'
  figures.print({
    what: `${first}: CPU`,
    how: `the main thread, from the press until the bar is gone: ${seconds} s; ${moved}`,
    values: [after.main - before.main],
    ...{ unit: 's', bound: 6 },
  })
  figures.print({
    what: `${first}: CPU of all threads`,
    how: 'the whole process of the page, with WebCrypto, garbage collection and drawing',
    values: [after.all - before.all],
    ...{ unit: 's', bound: null },
  })
  figures.print({
    what: `${first}: longest task`,
    how: `PerformanceObserver; ${longTasks.length} tasks were over 50 ms`,
    values: [Math.max(0, ...longTasks)],
    ...{ unit: 'ms', bound: 100 },
  })
  figures.note(`${first}: a bar that moves`, barValues.length >= LEAST_MOVES)
  await step('Writing the pieces', () => written)
  figures.print({
    what: `${first}: CPU of the pieces`,
    how: 'the main thread, from the end of the bar until all pieces are written',
    values: [(await app.cpu()).main - after.main],
    ...{ unit: 's', bound: null },
  })
}

/** Searches for a common word once everything is open. @returns the number of hits, as shown */
export async function countHits(app: StaffPage): Promise<string> {
  await app.pressUntil({ type: COMMON, into: SEARCH }, HIT)
  const shown = await app.page.locator('.find [role="status"]').innerText()
  const [count] = /\d+/.exec(shown) ?? []
  if (count === undefined) throw new Error(`no number of hits: ${shown}`)
  return count
}

/** The times of each start, in milliseconds. */
export interface StartTimes {
  lines: Times
  again: Times
  device: number[]
}

/** Unlocks in a new tab and again in the same tab. @param hits  see countHits */
async function startOnce(app: StaffPage, hits: string, times: StartTimes): Promise<void> {
  await app.openTab()
  await app.note(times.lines, () => app.pressUntil(UNLOCK, FIRST_LINE))
  await app.pressUntil({ type: COMMON, into: SEARCH }, foundSight(hits))
  // The search survives the lock, so its hits show as soon as they can be found.
  await app.lock()
  await app.note(times.again, () => app.pressUntil(UNLOCK, foundSight(hits)))
}

/**
 * Signs in on a device that has stored nothing.
 *
 * @returns milliseconds since the page was requested
 */
async function startOnDevice(app: StaffPage, hits: string): Promise<number> {
  await app.setNetwork(MEGABITS, LATENCY_MS)
  try {
    await app.openDevice()
    await app.pressUntil(SIGN_IN, FIRST_LINE)
    await app.pressUntil({ type: COMMON, into: SEARCH }, foundSight(hits))
    return await app.now()
  } finally {
    await app.setNetwork(null)
  }
}

export async function timeStarts(
  app: StaffPage,
  hits: string,
  rounds: number,
): Promise<StartTimes> {
  const times: StartTimes = { lines: noTimes(), again: noTimes(), device: [] }
  for (let round = 0; round < rounds; round++) {
    await startOnce(app, hits, times)
    times.device.push(await startOnDevice(app, hits))
  }
  return times
}
