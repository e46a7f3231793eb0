// Sends a request to a live host from outside, as a phone would, and returns the raw response.
import { languages } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { request as askPlainly } from 'node:http'
import { request as askSealed, type Agent } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

export interface Host {
  /** `https://host`, with a port number only in tests */
  origin: string
  /** true for the staff app's host, false for a host of the site */
  isOfStaff?: boolean
  /** the host's port for `http:` */
  httpPort: number
  /** folder of the build that the host should serve */
  dist?: string
  /** another authority that may sign the host's certificate, in tests */
  ca?: string
  /**
   * keeps TLS connections open for many requests; otherwise each request opens a separate
   * connection
   */
  agent?: Agent
}

export interface HostResponse {
  status: number
  headers: IncomingHttpHeaders
  /** the body, decompressed */
  bytes: Buffer
  body: string
}

export interface HostRequest {
  method?: 'GET' | 'POST'
  /** true to send the request without TLS */
  isPlain?: boolean
  headers?: Record<string, string>
  /** the request headers of a client instead of AS_A_BROWSER */
  as?: Record<string, string>
  body?: string | Uint8Array
}

const LONGEST_MS = 15_000
/** The request headers of a browser, because a proxy may change pages only for browsers. */
export const AS_A_BROWSER = {
  'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
  'sec-ch-ua-mobile': '?1',
  'sec-ch-ua-platform': '"Android"',
  'Upgrade-Insecure-Requests': '1',
  'User-Agent':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) ' +
    'Chrome/140.0.0.0 Mobile Safari/537.36',
  Accept:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,' +
    '*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-User': '?1',
  'Sec-Fetch-Dest': 'document',
  'Accept-Encoding': 'identity',
  'Accept-Language': `${languages[0]}-${organisation.place.country}`,
}

const DECODERS = new Map<string, (bytes: Buffer) => Buffer>([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['zstd', zstdDecompressSync],
])

/** Returns the origin of a bare address, `https://host`. Returns null for anything else. */
export function originOf(address: string | undefined): string | null {
  const url = URL.canParse(address ?? '') ? new URL(address ?? '') : null
  return url?.protocol === 'https:' && url.href === `${url.origin}/` ? url.origin : null
}

/**
 * Returns the host's response without checking its certificate, which another rule checks. Rejects
 * when no complete response arrives in time.
 */
export function askHost(
  { origin, httpPort, agent }: Host,
  path: string,
  { method = 'GET', isPlain = false, headers = {}, as = AS_A_BROWSER, body = '' }: HostRequest = {},
): Promise<HostResponse> {
  const { hostname, port } = new URL(origin)
  const options = {
    hostname,
    path,
    method,
    agent: false,
    timeout: LONGEST_MS,
    // A browser sends no length with a request that has no body.
    headers: {
      ...as,
      ...headers,
      ...(method === 'POST' && { 'content-length': Buffer.byteLength(body) }),
    },
  }
  return new Promise((done, fail) => {
    const asked = isPlain
      ? askPlainly({ ...options, port: httpPort })
      : askSealed({
          ...options,
          ...(agent && { agent }),
          port: port || 443,
          rejectUnauthorized: false,
        })
    asked.once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', fail)
      response.once('end', () => {
        const { statusCode = 0, headers: answered } = response
        try {
          const decode = DECODERS.get(answered['content-encoding'] ?? '')
          const came = Buffer.concat(parts)
          const bytes = decode === undefined || came.length === 0 ? came : decode(came)
          done({ status: statusCode, headers: answered, bytes, body: bytes.toString() })
        } catch (cause) {
          fail(new Error('the response cannot be decompressed', { cause }))
        }
      })
    })
    asked.once('timeout', () => asked.destroy(new Error(`no answer in ${LONGEST_MS / 1000} s`)))
    asked.once('error', fail)
    asked.end(body)
  })
}
