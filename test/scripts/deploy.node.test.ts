import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusalsOf } from '#scripts/deploy'
import { root } from '#scripts/paths'

let folder: string
const org = () => join(folder, 'org/public.json')
const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8')
const ready = toml.replace(
  /database_id = ".*"/,
  'database_id = "6b1f0f0e-0000-4000-8000-000000000000"',
)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-deploy-'))
  mkdirSync(join(folder, 'org'))
  writeFileSync(org(), '{}')
  writeFileSync(join(folder, 'wrangler.toml'), ready)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a real organisation and a filled configuration may go out', () => {
  expect(refusalsOf(folder, org())).toEqual([])
})

test('a throw-away organisation is refused', () => {
  writeFileSync(join(folder, 'org/throw-away-passphrase.txt'), 'x')
  expect(refusalsOf(folder, org())).toEqual([expect.stringContaining('throw-away')])
})

test('no organisation, no database id, logs on and a test key of Turnstile are refused', () => {
  const wrong = toml.replace('enabled = false', 'enabled = true')
  writeFileSync(
    join(folder, 'wrangler.toml'),
    `${wrong}\nTURNSTILE = "1x0000000000000000000000000000000AA"\n`,
  )
  rmSync(org())
  expect(refusalsOf(folder, org())).toHaveLength(4)
})

test.each([
  ['a test site key', 'TURNSTILE_SITE_KEY = "3x00000000000000000000FF"'],
  ['another siteverify', 'TURNSTILE_VERIFY_URL = "http://127.0.0.1:9/siteverify"'],
])('%s of Turnstile is refused', (_what, line) => {
  const name = line.replace(/ =.*/, '')
  writeFileSync(
    join(folder, 'wrangler.toml'),
    ready.replace(new RegExp(`^${name} = ""$`, 'm'), line),
  )
  expect(refusalsOf(folder, org())).toEqual([expect.stringMatching(/Turnstile|TURNSTILE/)])
})
