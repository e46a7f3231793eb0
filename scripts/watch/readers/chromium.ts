// Reads pages in a Chromium browser with a window. The DevTools protocol reports the network
// responses with the headers and bytes as they arrived. The reader intercepts only requests for the
// page that stands in for another site.
import { createHash, X509Certificate } from 'node:crypto'
import { openChromium } from '#scripts/browser/open-browser'
import type { BrowserSession } from '#scripts/browser/browser-session'
import { makeNetworkLog, type NetworkLog } from '#scripts/watch/readers/network-log'
import {
  followCode,
  LOAD_MS,
  OTHER_SITE,
  preloadCode,
  type Reader,
  type ReaderStart,
} from '#scripts/watch/readers/reader'

/**
 * Prevents the requests that a browser makes on its own. The pages' own requests do not change.
 */
const ARGUMENTS = [
  ...['--no-first-run', '--no-default-browser-check', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-gpu', '--disable-dev-shm-usage'],
  ...['--password-store=basic'],
]

type Headers = Record<string, string>
interface Answer {
  url: string
  status: number
  headers: Headers
  fromDiskCache?: boolean
  fromPrefetchCache?: boolean
}
interface Asked {
  requestId: string
  request: { url: string }
  redirectResponse?: Answer
}
interface Came {
  requestId: string
  response: Answer
  hasExtraInfo: boolean
}
interface Body {
  body: string
  base64Encoded: boolean
}
/** The headers as they arrived over the network. `Came` may contain headers from the cache. */
interface Wire {
  requestId: string
  statusCode: number
  headers: Headers
}

const smallNames = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      value.replace(/\n/g, ', '),
    ]),
  )

/** Listens to the network. `log` is called in the order in which the responses arrive. */
function listen({ on, send }: BrowserSession, log: NetworkLog): void {
  const wires = new Map<string, Wire>()
  const answers = new Map<string, Came>()
  const cached = new Set<string>()
  const done = new Set<string>()
  const finish = async (requestId: string): Promise<void> => {
    if (!done.has(requestId)) return
    const came = answers.get(requestId)
    const isCached =
      cached.has(requestId) ||
      came?.response.fromDiskCache === true ||
      came?.response.fromPrefetchCache === true
    const wire = wires.get(requestId)
    // The headers from the wire are reported in a separate event, sometimes after the body.
    if (came?.hasExtraInfo === true && !isCached && wire === undefined) return
    for (const each of [wires, answers, cached, done]) each.delete(requestId)
    if (came === undefined || isCached) {
      log.end(requestId)
      return
    }
    const { url, status, headers } = came.response
    const asked = { requestId }
    const body = await send<Body>('Network.getResponseBody', asked).catch(() => null)
    log.end(requestId, {
      ...{ url, status: wire?.statusCode ?? status, headers: smallNames(wire?.headers ?? headers) },
      bytes: body && Buffer.from(body.body, body.base64Encoded ? 'base64' : 'utf8'),
    })
  }
  on<Asked>('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
    if (redirectResponse) {
      const { url, status, headers } = redirectResponse
      const wire = wires.get(requestId)
      wires.delete(requestId)
      log.keep({ url, status, headers: smallNames(wire?.headers ?? headers), bytes: null })
    }
    if (request.url.startsWith('https:')) log.begin(requestId)
  })
  on<Came>('Network.responseReceived', (came) => {
    answers.set(came.requestId, came)
  })
  on<Wire>('Network.responseReceivedExtraInfo', (wire) => {
    wires.set(wire.requestId, wire)
    void finish(wire.requestId)
  })
  on<{ requestId: string }>('Network.requestServedFromCache', ({ requestId }) => {
    cached.add(requestId)
  })
  for (const event of ['Network.loadingFinished', 'Network.loadingFailed'])
    on<{ requestId: string }>(event, ({ requestId }) => {
      if (event.endsWith('Failed')) answers.delete(requestId)
      done.add(requestId)
      void finish(requestId)
    })
}

/**
 * Answers the requests for the page of another site, so that these requests do not leave this
 * machine.
 */
function standInFor({ on, send }: BrowserSession): (origin: string) => Promise<void> {
  on<{ requestId: string }>('Fetch.requestPaused', ({ requestId }) => {
    void send('Fetch.fulfillRequest', {
      ...{ requestId, responseCode: 200, body: Buffer.from(OTHER_SITE).toString('base64') },
      responseHeaders: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
    }).catch(() => null)
  })
  return async (origin) => {
    await send('Fetch.enable', { patterns: [{ urlPattern: `${origin}*` }] })
  }
}

/**
 * Returns the flag that makes Chromium trust a test's authority, identified by the hash of its
 * public key.
 */
function trustOf(ca: string): string {
  const key = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' })
  const hash = createHash('sha256').update(key).digest('base64')
  return `--ignore-certificate-errors-spki-list=${hash}`
}

export async function startChromiumReader(start: ReaderStart): Promise<Reader> {
  const { binary, display, languages, ca } = start
  const args = [
    ...ARGUMENTS,
    `--accept-lang=${languages.replaceAll(' ', '')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(ca === undefined ? [] : [trustOf(ca)]),
  ]
  const env = display === null ? {} : { DISPLAY: display }
  const { session, close } = await openChromium(binary, args, env)
  const { send, once } = session
  const log = makeNetworkLog()
  const load = async (act: () => Promise<unknown>): Promise<void> => {
    await Promise.all([once('Page.loadEventFired', LOAD_MS), act()])
    // Chromium discards the bytes of a page when the browser leaves it.
    await log.settle()
  }
  const evaluate = (expression: string) =>
    send('Runtime.evaluate', { expression, userGesture: true, awaitPromise: true })
  const open = (url: string) =>
    load(async () => {
      const { errorText } = await send<{ errorText?: string }>('Page.navigate', { url })
      if (errorText !== undefined) throw new Error(errorText)
    })
  try {
    listen(session, log)
    const standIn = standInFor(session)
    for (const domain of ['Page', 'Network']) await send(`${domain}.enable`)
    const { product } = await send<{ product: string }>('Browser.getVersion')
    const follow = (url: string) => load(() => evaluate(followCode(url)))
    return {
      name: product.replace(/^(?:Headless)?Chrome\/(\d+).*/, 'Chromium $1'),
      open,
      reload: () => load(() => send('Page.reload')),
      follow,
      arriveFrom: async (referer, url) => {
        await standIn(referer)
        await open(referer)
        await follow(url)
        await send('Fetch.disable')
      },
      preload: async (addresses) => {
        await evaluate(preloadCode(addresses))
      },
      take: log.take,
      close,
    }
  } catch (reason) {
    await close()
    throw reason
  }
}
