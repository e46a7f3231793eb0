// Finds the built site for tests. A missing site fails the tests, because a skipped test cannot
// fail.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const dist = process.env['OASIS_DIST'] ?? join(import.meta.dirname, '../../dist')

if (!existsSync(join(dist, 'index.html')))
  throw new Error(`There is no built site in ${dist}: run \`npm test\`, which builds one.`)
