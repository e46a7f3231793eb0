import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localPushSecret } from '#scripts/start/push-secret'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'oasis-push-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('A local server keeps its secret for calls, so that browsers stay switched on', () => {
  const state = join(folder, 'state')
  const secret = localPushSecret(state)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(localPushSecret(state)).toBe(secret)
  expect(localPushSecret(join(folder, 'other'))).not.toBe(secret)
  expect(statSync(join(state, 'push-secret')).mode & 0o077).toBe(0)
})
