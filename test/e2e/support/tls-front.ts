// Simulates Cloudflare's front end: TLS on one port, and on another port `http:`, which redirects
// to TLS. A test can make either port break a rule. The front end compresses bodies with an
// encoding that the client accepts.
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, constants } from 'node:zlib'
import vector from '#test/vectors/localhost-certificate_openssl.json' with { type: 'json' }

export interface Forwarded {
  /** the path without its query */
  path: string
  /** the query with its question mark, or '' */
  query: string
  /** the headers of the request */
  asked: IncomingMessage['headers']
  status: number
  headers: Record<string, string | string[]>
  /** each byte as a Latin-1 character, so that a test can change the bytes of any file */
  body: string
}

export interface Breaks {
  /** changes a response before the front end sends it */
  answer?: (response: Forwarded) => void
  tls?: ServerOptions
  /** the redirect target of `http:`, or null if `http:` forwards the request */
  leadsTo?: (path: string) => string | null
  /** a method that `http:` forwards */
  passes?: string
  redirectStatus?: number
}

export interface Front {
  origin: string
  httpPort: number
  ca: string
  stop: () => void
}

/** Cloudflare compresses pages at this quality. The default quality takes ten times as long. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

const OF_A_CONNECTION = /^(connection|keep-alive|transfer-encoding|content-length)$/

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  return (server.address() as AddressInfo).port
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Forwards a request to a host of the server on this machine: `127.0.0.1:8787`. */
async function forward(host: string, asked: IncomingMessage): Promise<Forwarded> {
  const body = await bytesOf(asked)
  const { method, url: path = '' } = asked
  const { pathname, search } = new URL(path, `http://${host}`)
  const { hostname, port } = new URL(`http://${host}`)
  const headers = {
    ...asked.headers,
    ...{ host, connection: 'close', 'accept-encoding': 'identity' },
  }
  const answered = await new Promise<IncomingMessage>((done, fail) => {
    const upstream = request({ ...{ hostname, port }, method, path, headers }, done)
    upstream.once('error', fail)
    upstream.end(body)
  })
  const kept = Object.entries(answered.headers).filter(([name]) => !OF_A_CONNECTION.test(name))
  return {
    ...{ path: pathname, query: search },
    asked: asked.headers,
    status: answered.statusCode ?? 0,
    headers: Object.fromEntries(kept) as Forwarded['headers'],
    body: (await bytesOf(answered)).toString('latin1'),
  }
}

/** @param host  the host of the server behind the front end, with its port */
export async function openTlsFront(host: string, breaks: Breaks = {}): Promise<Front> {
  const handle = (server: Server, find: (asked: IncomingMessage) => Promise<Forwarded>): void => {
    server.on('request', (asked, answer) => {
      void find(asked).then(({ status, headers, body }) => {
        const bytes = Buffer.from(body, 'latin1')
        const isPressed = /\bbr\b/.test(asked.headers['accept-encoding'] ?? '') && bytes.length > 0
        answer
          .writeHead(status, { ...headers, ...(isPressed && { 'content-encoding': 'br' }) })
          .end(isPressed ? brotliCompressSync(bytes, QUALITY) : bytes)
      })
    })
  }
  const { key, certificate: ca } = vector
  const tls = createTlsServer({ key, cert: ca, minVersion: 'TLSv1.2', ...breaks.tls })
  handle(tls, async (asked) => {
    const response = await forward(host, asked)
    breaks.answer?.(response)
    return response
  })
  const origin = `https://localhost:${await listen(tls)}`
  const http = createServer()
  handle(http, async (asked) => {
    const { url: path = '', method } = asked
    const location = breaks.leadsTo ? breaks.leadsTo(path) : origin + path
    if (location === null || method === breaks.passes) return forward(host, asked)
    return {
      ...{ path, query: '' },
      asked: asked.headers,
      status: breaks.redirectStatus ?? 301,
      headers: { location },
      body: '',
    }
  })
  const httpPort = await listen(http)
  const stop = (): void => {
    for (const server of [tls, http]) {
      server.close()
      server.closeAllConnections()
    }
  }
  return { origin, httpPort, ca, stop }
}
