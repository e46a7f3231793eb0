// `npm run bench:staff`: measures the staff app with 10,000 reports in Chromium against the real
// worker. Each figure has a bound, or is only reported. A departure ends the measurement, because
// it changes the keys.
import { rmSync } from 'node:fs'
import { benchLeaving } from '#scripts/lab/bench/leaving'
import { benchPaper } from '#scripts/lab/bench/paper'
import { serveDemo, type ServedDemo } from '#scripts/lab/bench/served-demo'
import { Bounds } from '#scripts/lab/bench/staff/bounds'
import { benchFirstScreen } from '#scripts/lab/bench/staff/first-screen'
import { benchMemoryOfPage } from '#scripts/lab/bench/staff/page-memory'
import { benchQueueRows } from '#scripts/lab/bench/staff/queue-rows'
import { benchFirstTime, countHits } from '#scripts/lab/bench/staff/starts'
import { benchDay } from '#scripts/lab/bench/staff/day'
import { StaffPage } from '#scripts/lab/bench/staff/staff-page'
import { benchDir } from '#scripts/shared/paths'
import { runTask } from '#scripts/shared/progress'

const CPU_SLOWER = 4

async function benchApp(demo: ServedDemo, bounds: Bounds): Promise<void> {
  const app = await StaffPage.join(demo)
  try {
    await benchFirstTime(app, bounds)
    const hits = await countHits(app)
    await benchDay(app, { hits, slower: 1 }, bounds)
    await benchMemoryOfPage(app, bounds)
    await benchFirstScreen(app, demo.dist, bounds)
    await benchDay(app, { hits, slower: CPU_SLOWER }, bounds)
  } finally {
    await app.close()
  }
}

runTask(async () => {
  rmSync(benchDir, { recursive: true, force: true })
  const bounds = new Bounds()
  const demo = await serveDemo()
  try {
    await benchApp(demo, bounds)
    await benchQueueRows(bounds)
    bounds.note('coming back by paper', (await benchPaper(demo)) === 0)
    bounds.note('the end of a colleague’s access', (await benchLeaving(demo)) === 0)
  } finally {
    await demo.server.stop()
  }
  return bounds.end()
})
