import { createServer } from 'node:http'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { anyPort } from '#scripts/shared/ports'
import { markRunning, refuseTwice } from '#scripts/start/running'

const state = mkdtempSync(join(tmpdir(), 'oasis-running-'))
afterAll(() => rmSync(state, { recursive: true, force: true }))

test('A second server on the same state is refused only while the first one answers', async () => {
  const port = await anyPort()
  const server = createServer((_, answer) => answer.end('{}'))
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${port}`

  await expect(refuseTwice(state)).resolves.toBeUndefined()
  const unmark = markRunning(state, origin)
  await expect(refuseTwice(state)).rejects.toThrow(`It is running already at ${origin}/ky/`)

  await new Promise((done) => server.close(done))
  server.closeAllConnections()
  await expect(refuseTwice(state)).resolves.toBeUndefined()
  unmark()
})

test('A copy of a folder whose server runs is not refused, and a sentence says so', async () => {
  const server = createServer((_, answer) => answer.end('{}'))
  const port = await anyPort()
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${port}`
  const unmark = markRunning(state, origin)
  const copy = `${state}-copy`
  cpSync(state, copy, { recursive: true })
  const printed = vi.spyOn(console, 'log').mockReturnValue()
  await refuseTwice(copy)
  expect(printed.mock.calls.flat().join()).toContain(`a copy of ${realpathSync(state)}`)
  printed.mockRestore()
  // From now on, the copy has its own server.
  markRunning(copy, origin)
  await expect(refuseTwice(copy)).rejects.toThrow(`It is running already at ${origin}/ky/`)

  await new Promise((done) => {
    server.close(done)
    server.closeAllConnections()
  })
  unmark()
  rmSync(copy, { recursive: true })
})
