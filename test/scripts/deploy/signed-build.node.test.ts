import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { stampOf } from '#scripts/deploy/signed-build'

test('A renewed publishing key makes a kept build old, and the same key does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oasis-stamp-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const build = { dist: join(folder, 'dist'), org: join(folder, 'public.json') }
  writeFileSync(build.org, '{}')
  const key = join(folder, 'publishing.key')
  writeFileSync(key, 'this year')
  const stamp = stampOf(build)
  expect(stampOf({ ...build, dist: join(folder, 'elsewhere') })).toBe(stamp)
  writeFileSync(key, 'next year')
  expect(stampOf(build)).not.toBe(stamp)
})
