// `npm run bench:staff`: measures the staff app with 10,000 reports in Chromium against the real
// worker. Each figure either has a bound or is only reported. The departure of a colleague is
// measured last, because a departure changes the keys. `npm run bench:staff -- 500` uses 500
// reports, to try out the command.
import { rmSync } from 'node:fs'
import { benchDeparture } from '#scripts/lab/bench/departure'
import { benchPaper } from '#scripts/lab/bench/paper'
import { serveDemo, type ServedDemo } from '#scripts/lab/bench/served-demo'
import { StaffFigures } from '#scripts/lab/bench/staff/figures'
import { benchFirstScreen } from '#scripts/lab/bench/staff/first-screen'
import { benchMemoryOfPage } from '#scripts/lab/bench/staff/page-memory'
import { benchFirstTime, countHits } from '#scripts/lab/bench/staff/starts'
import { benchDay } from '#scripts/lab/bench/staff/day'
import { StaffPage } from '#scripts/lab/bench/staff/staff-page'
import { benchDir } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'

const REPORTS = 10_000
const CPU_SLOWER = 4

async function benchApp(demo: ServedDemo, total: number, figures: StaffFigures): Promise<void> {
  const app = await StaffPage.join(demo)
  try {
    await benchFirstTime(app, total, figures)
    const hits = await countHits(app)
    await benchDay(app, { hits, slower: 1 }, figures)
    await benchMemoryOfPage(app, figures)
    await benchFirstScreen(app, demo.dist, figures)
    await benchDay(app, { hits, slower: CPU_SLOWER }, figures)
  } finally {
    await app.close()
  }
}

function readTotal(given: string | undefined): number {
  if (given === undefined) return REPORTS
  // With 100 or more reports, a page of the list and a request for sealed cases are both full.
  if (!/^[1-9]\d{2,4}$/.test(given)) throw new Stop('Use: npm run bench:staff -- [100 to 99999]')
  return Number(given)
}

runTask(async () => {
  const total = readTotal(process.argv[2])
  rmSync(benchDir, { recursive: true, force: true })
  const figures = new StaffFigures()
  const demo = await serveDemo(total)
  try {
    await benchApp(demo, total, figures)
    figures.note('coming back by paper', (await benchPaper(demo)) === 0)
    figures.note('the end of a colleague’s access', (await benchDeparture(demo)) === 0)
  } finally {
    await demo.server.stop()
  }
  return figures.end()
})
