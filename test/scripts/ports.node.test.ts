import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { anyPort, choosePort, isFree } from '#scripts/shared/ports'

const open: Server[] = []
afterEach(async () => {
  const closing = open.splice(0)
  await Promise.all(closing.map((server) => new Promise((done) => server.close(done))))
})

async function take(host: string): Promise<number> {
  const port = await anyPort()
  const server = createServer()
  open.push(server)
  await new Promise<void>((done) => server.listen(port, host, done))
  return port
}

test('A port in use is refused with one sentence', async () => {
  const port = await take('127.0.0.1')
  expect(await isFree(port)).toBe(false)
  await expect(choosePort(String(port))).rejects.toThrow(
    `Port ${port} is in use: stop the other program, or choose another PORT.`,
  )
})

test('A local server uses a free $PORT', async () => {
  const port = await anyPort()
  expect(await choosePort(String(port))).toBe(port)
})

test('A $PORT that is not a port is refused', async () => {
  for (const asked of ['http', '0', '70000', '-1', '80.5']) {
    await expect(choosePort(asked)).rejects.toThrow(`PORT=${asked} is not a port`)
  }
})

test('A local server without a setting takes a free port from 8787 upwards', async () => {
  const port = await choosePort('')
  expect(port).toBeGreaterThanOrEqual(8787)
  expect(await isFree(port)).toBe(true)
})
