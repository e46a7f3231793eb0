import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { startClock } from '#scripts/start/running'
import { addressesIn, welcome } from '#scripts/start/welcome'

const LOCAL = { origin: 'http://127.0.0.1:1', staffOrigin: 'http://localhost:1' }
afterEach(() => vi.useRealTimers())

test('The clock of a local server runs at once and every minute until it is stopped', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    // A failing run does not stop the clock.
    response.writeHead(500).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = startClock(`http://127.0.0.1:${port}`)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  vi.advanceTimersByTime(120_000)
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  stop()
  vi.advanceTimersByTime(120_000)
  expect(new Set(asked)).toEqual(new Set(['GET /cdn-cgi/local/scheduled']))
  server.close()
  server.closeAllConnections()
})

test('The welcome says that the clock runs and whether alerts go out, without addresses', () => {
  const silent = addressesIn({})
  expect(welcome(LOCAL, silent, null)).toMatch(/every minute; alerts go to no address/)
  const addresses = addressesIn({ ALERT_SECOND: 'json https://hook.example/secret', OTHER: 'x' })
  expect(addresses).toEqual({
    ALERT_FIRST: '',
    ALERT_SECOND: 'json https://hook.example/secret',
    PUSH_SECRET: '',
  })
  const text = welcome(LOCAL, addresses, null)
  expect(text).toMatch(/alerts go to the addresses that you gave/)
  expect(text).not.toContain('hook.example')
})

test('The welcome shows both addresses, and the invitation only while nobody has joined', () => {
  const path = '/staff/#invite=abc'
  expect(welcome(LOCAL, addressesIn({}), path)).toContain(`${LOCAL.staffOrigin}${path}`)
  const text = welcome(LOCAL, addressesIn({}), null)
  expect(text).not.toContain('invitation')
  expect(text).toContain(`The site:  ${LOCAL.origin}/ky/\nStaff:     ${LOCAL.staffOrigin}/staff/`)
})
