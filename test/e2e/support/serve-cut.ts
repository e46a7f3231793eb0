// Serves one built page compressed, as a stalling network would deliver it. The first bytes are
// sent immediately, and the rest only when released.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, constants } from 'node:zlib'
import { ORIGIN } from './phone.ts'

export interface Asked {
  path: string
  /** Method, address, headers and body. */
  bytes: Buffer
}

export interface CutPage {
  address: string
  /** Every request except the first request for the page itself. */
  asked: Asked[]
  /** Sends the rest of the page. */
  release: () => void
  stop: () => void
}

/** Returns the page as the host compresses it, and the page's policy. */
export async function packPage(path: string): Promise<{ body: Buffer; policy: string }> {
  const response = await fetch(ORIGIN + path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  const html = Buffer.from(await response.arrayBuffer())
  return {
    body: brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    policy: response.headers.get('content-security-policy') ?? '',
  }
}

/** Serves the page at `path` on its own port, initially only the first `bytes` compressed bytes. */
export async function serveCut(path: string, bytes = Infinity): Promise<CutPage> {
  const { body, policy } = await packPage(path)
  const asked: Asked[] = []
  let isServed = false
  let release = (): void => undefined

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== path || isServed) {
      const head = `${request.method} ${request.url} ${JSON.stringify(request.headers)} `
      const content = await buffer(request)
      asked.push({ path: request.url ?? '', bytes: Buffer.concat([Buffer.from(head), content]) })
      // A 204 keeps the browser on the page.
      response.writeHead(204).end()
      return
    }
    isServed = true
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Encoding': 'br',
      'Content-Security-Policy': policy,
    })
    if (bytes >= body.length) {
      response.end(body)
      return
    }
    response.write(body.subarray(0, bytes))
    release = () => response.end(body.subarray(bytes))
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    address: `http://localhost:${address.port}${path}`,
    asked,
    release: () => {
      release()
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
