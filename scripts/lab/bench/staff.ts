// Measures acts of the staff with 10,000 reports: coming back by paper, and the end of a
// colleague's access.
import { benchLeaving } from '#scripts/lab/bench/leaving'
import { benchPaper } from '#scripts/lab/bench/paper'
import { serveDemo } from '#scripts/lab/bench/served-demo'

/** Prints the figures. @returns the number of broken bounds */
export async function benchStaff(): Promise<number> {
  const demo = await serveDemo()
  try {
    return (await benchPaper(demo)) + (await benchLeaving(demo))
  } finally {
    await demo.server.stop()
  }
}
