// Weighs the first screen of the staff app, and the strings of one language that come with it.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { measurePage, weigh } from '#scripts/lab/budgets/measure'
import type { StaffFigures } from '#scripts/lab/bench/staff/figures'
import type { StaffPage } from '#scripts/lab/bench/staff/staff-page'

const PAGE = 'staff/index.html'
/** The files of content/strings/ that the app loads in one language. */
const STRINGS = /^(?:staff|errors)\./

/** @param dist  the folder of the built site */
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
  const strings = fetched.filter((path) => STRINGS.test(basename(path)))
  figures.print({
    what: 'strings of one language at brotli 4',
    how: `fetched with the first screen: ${strings.map((path) => basename(path)).join(' and ')}`,
    values: [strings.reduce((sum, path) => sum + weigh(readFileSync(join(dist, path))), 0)],
    ...{ unit: 'bytes', bound: null },
  })
}
