// Replaces the platform between a phone and the worker: TLS 1.3, HTTP/2, and brotli at quality 4
// for text. The front end adds only headers that state how a text is compressed.
import { readFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import {
  createSecureServer,
  type Http2Server,
  type IncomingHttpHeaders as Http2Headers,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import { buffer as bytesOf } from 'node:stream/consumers'
import { brotliCompressSync, constants } from 'node:zlib'

const QUALITY = 4
const TEXT = /^(text\/|application\/(json|javascript|xml|manifest\+json)|image\/svg)/
/** Headers that belong to one connection (RFC 9113, section 8.2.2). The length is recomputed. */
const OF_A_CONNECTION =
  /^(connection|keep-alive|transfer-encoding|upgrade|proxy-connection|host|content-length)$/

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

function ask(port: number, asked: Http2Headers, body: Buffer): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(asked).filter(([name]) => !name.startsWith(':') && !OF_A_CONNECTION.test(name)),
  )
  return new Promise((done, fail) => {
    const { ':method': method, ':path': path } = asked
    const upstream = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        // The front end compresses the responses, so the worker must not compress them. Over
        // `http:`, the worker accepts only hosts of this machine. The request uses 127.0.0.1,
        // because localhost is the staff host.
        headers: { ...headers, 'accept-encoding': 'identity', 'content-length': body.length },
      },
      (response) => {
        bytesOf(response).then(
          (answer) =>
            done({ status: response.statusCode ?? 502, headers: response.headers, body: answer }),
          fail,
        )
      },
    )
    upstream.once('error', fail)
    upstream.end(body)
  })
}

/**
 * Returns the response for the wire: compressed if it is text and the browser supports compression.
 */
export function packed(
  { status, headers, body }: Answer,
  accepted: string,
): [OutgoingHttpHeaders, Buffer] {
  const kept: OutgoingHttpHeaders = { ':status': status }
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !OF_A_CONNECTION.test(name)) kept[name] = value
  if (!/\bbr\b/.test(accepted) || !TEXT.test(headers['content-type'] ?? '') || body.length === 0)
    return [{ ...kept, 'content-length': body.length }, body]
  const bytes = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
  return [{ ...kept, 'content-encoding': 'br', vary: 'accept-encoding' }, bytes]
}

async function pass(port: number, stream: ServerHttp2Stream, asked: Http2Headers): Promise<void> {
  const answer = await ask(port, asked, await bytesOf(stream))
  if (stream.destroyed) return
  const [headers, body] = packed(answer, asked['accept-encoding'] ?? '')
  stream.respond(headers, { endStream: body.length === 0 })
  if (body.length > 0) stream.end(body)
}

export interface Certified {
  keyFile: string
  chainFile: string
}

/** Listens on every address of its namespace and forwards to the worker at 127.0.0.1:`port`. */
export async function openFront(
  port: number,
  { keyFile, chainFile }: Certified,
): Promise<Http2Server> {
  const server = createSecureServer({
    key: readFileSync(keyFile),
    cert: readFileSync(chainFile),
    minVersion: 'TLSv1.3',
    ALPNProtocols: ['h2'],
  })
  server.on('stream', (stream: ServerHttp2Stream, asked: Http2Headers) => {
    // A frozen connection ends eventually, together with its streams.
    stream.on('error', () => undefined)
    pass(port, stream, asked).catch(() => stream.close())
  })
  server.on('sessionError', () => undefined)
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(443, '0.0.0.0', done)
  })
  return server
}
