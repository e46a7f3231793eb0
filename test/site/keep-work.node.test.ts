// Tests that results of slow build steps are cached by their inputs, and dropped when unused.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fromUtf8, utf8 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { dropOldWork, keptWork } from '#site/integrations/keep-work.ts'

let folder: string
let done: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-kept-'))
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  done = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keep = async (name: string, input: string, result = input.toUpperCase()): Promise<string> =>
  fromUtf8(
    await keptWork({ name, input, root: folder }, () => {
      done.push(`${name} ${input}`)
      return Promise.resolve(utf8(result))
    }),
  )

test('Work is done once for the same kind, input and packages', async () => {
  expect(await keep('squeeze', 'a')).toBe('A')
  expect(await keep('squeeze', 'a')).toBe('A')
  expect(await keep('squeeze', 'b')).toBe('B')
  expect(await keep('picture', 'a', 'other')).toBe('other')
  expect(done).toEqual(['squeeze a', 'squeeze b', 'picture a'])
  writeFileSync(join(folder, 'package-lock.json'), '{ "newer": true }')
  await keep('squeeze', 'a')
  expect(done).toHaveLength(4)
})

test('Work that fails keeps nothing', async () => {
  const fail = () => Promise.reject(new Error('It broke.'))
  await expect(keptWork({ name: 'squeeze', input: 'a', root: folder }, fail)).rejects.toThrow()
  expect(await keep('squeeze', 'a')).toBe('A')
})

test('A result that was not used for a month is dropped, and a used one stays', async () => {
  await keep('squeeze', 'old')
  await keep('squeeze', 'used')
  const kept = join(folder, '.oasis/kept')
  const long = new Date(Date.now() - 40 * DAY_MS)
  for (const name of readdirSync(kept)) utimesSync(join(kept, name), long, long)
  await keep('squeeze', 'used')
  mkdirSync(join(folder, 'empty'))
  await dropOldWork(Date.now(), folder)
  await dropOldWork(Date.now(), join(folder, 'empty'))
  expect(readdirSync(kept)).toHaveLength(1)
  await keep('squeeze', 'used')
  expect(done).toEqual(['squeeze old', 'squeeze used'])
})
