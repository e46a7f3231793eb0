// Makes a carrier on this machine that records every call with all headers and responds as
// instructed.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { anyPort } from '#scripts/shared/ports'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Receiver {
  url: string
  received: Received[]
  /** `hang`: the carrier accepts the call but never responds */
  status: number | 'hang'
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** Makes a carrier that has not been started, so that calls are refused. */
export async function makeReceiver(): Promise<Receiver> {
  const port = await anyPort()
  let server = createServer()
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    status: 200,
    start: () => {
      server = createServer((request, response) => {
        void text(request).then((body) => {
          receiver.received.push({ path: request.url ?? '', headers: request.headers, body })
          if (receiver.status !== 'hang') response.writeHead(receiver.status).end()
        })
      })
      return new Promise((done) => server.listen(port, '127.0.0.1', done))
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return receiver
}
