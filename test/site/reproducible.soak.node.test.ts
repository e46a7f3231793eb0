// Checks that two builds of the same sources produce the same files.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { organisation } from '#content/organisation.ts'
import { filesUnder, testDir } from '#scripts/shared/paths'
import { buildCopy, copySources } from '#scripts/test/site'
import { SAMPLED } from '#test/sample.ts'
import { dist } from './built.ts'

const hashesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesUnder(folder).map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  )

test(
  'R30: Sources built in another folder, time zone and locale give the same files',
  SAMPLED,
  async () => {
    const copy = join(testDir, 'again')
    copySources(copy)
    const built = await buildCopy(copy, {
      TZ: 'Asia/Bishkek',
      LANG: 'ky_KG.UTF-8',
      LC_ALL: 'ky_KG.UTF-8',
      OASIS_SITE: organisation.site,
    })
    expect(built.code, built.output).toBe(0)
    const [first, again] = [hashesOf(dist), hashesOf(join(copy, 'dist'))]
    expect(Object.keys(first).length).toBeGreaterThan(60)
    expect(again).toEqual(first)
  },
)
