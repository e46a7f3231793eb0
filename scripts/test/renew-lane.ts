// Gives a lane a new database after a failed test, so that the second attempt does not find old
// reports. Only Playwright's main process can restart the lane's server. A test process therefore
// asks the main process over HTTP.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const ADDRESS = 'OASIS_E2E_RENEWALS'

/**
 * Serves the requests of test processes, and tells them its address in the environment.
 *
 * @param renew  restarts the server of a lane with a new database
 */
export async function serveRenewals(
  renew: (lane: number) => Promise<void>,
): Promise<{ stop: () => void }> {
  const server = createServer((request, response) => {
    const end = (status: number) => response.writeHead(status).end()
    renew(Number(request.url?.slice(1))).then(
      () => end(204),
      (error: unknown) => {
        console.error(error)
        end(500)
      },
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  process.env[ADDRESS] = `http://127.0.0.1:${port}`
  return { stop: () => server.close() }
}

/** Restarts the server of a lane with a new database. Throws Error when the server stays down. */
export async function renewLane(lane: number): Promise<void> {
  const response = await fetch(`${process.env[ADDRESS]}/${lane}`, { method: 'POST' })
  if (!response.ok) throw new Error(`The server of lane ${lane} did not start again.`)
}
