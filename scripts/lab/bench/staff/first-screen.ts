// Weighs the first screen of the staff app, and the strings of one language that are loaded with
// it.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { measurePage, weigh } from '#scripts/lab/budgets/measure'
import type { StaffFigures } from '#scripts/lab/bench/staff/figures'
import type { StaffPage } from '#scripts/lab/bench/staff/staff-page'

const PAGE = 'staff/index.html'
/** A file in content/strings/, as the build writes it: keys and words. */
const STRINGS = /^.{0,150}=\{"(?:staff|error)\./

/** @param dist  the built site's folder */
export async function benchFirstScreen(
  app: StaffPage,
  dist: string,
  figures: StaffFigures,
): Promise<void> {
  const { bytes, bound, parts } = measurePage(dist, PAGE)
  figures.print({
    what: 'first screen at brotli 4',
    how: `${parts} files that ${PAGE} loads at once, each compressed alone`,
    values: [bytes],
    ...{ unit: 'bytes', bound },
  })
  const fetched = await app.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  )
  const files = fetched.filter((path) => path.endsWith('.js')).map((path) => join(dist, path))
  const strings = files.filter((file) => STRINGS.test(readFileSync(file, 'utf8')))
  figures.print({
    what: 'strings of one language at brotli 4',
    how: `fetched with the first screen: ${strings.map((file) => basename(file)).join(' and ')}`,
    values: [strings.reduce((sum, file) => sum + weigh(readFileSync(file)), 0)],
    ...{ unit: 'bytes', bound: null },
  })
}
