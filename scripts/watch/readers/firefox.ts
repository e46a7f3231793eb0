// Reads pages in a Firefox with a window. WebDriver BiDi reports the network responses, and a data
// collector returns their bytes. The reader intercepts only requests for the page that stands in
// for another site.
import { openFirefox } from '#scripts/browser/open-browser'
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
const PREFS = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
}
const LONGEST_BODY = 20_000_000

interface Text {
  type: 'string' | 'base64'
  value: string
}
interface Asked {
  isBlocked: boolean
  request: { request: string; url: string }
}
interface Came extends Asked {
  response: {
    url: string
    status: number
    fromCache: boolean
    headers: { name: string; value: Text }[]
  }
}

/** Firefox returns valid UTF-8 bytes as text, and reads other bytes as Latin-1. */
const bytesOf = ({ type, value }: Text): Buffer =>
  Buffer.from(value, type === 'base64' ? 'base64' : 'utf8')

function headersOf({ response }: Came): Record<string, string> {
  const headers = new Map<string, string>()
  for (const { name, value } of response.headers) {
    const before = headers.get(name.toLowerCase())
    const text = bytesOf(value).toString()
    headers.set(name.toLowerCase(), before === undefined ? text : `${before}, ${text}`)
  }
  return Object.fromEntries(headers)
}

const leadsOn = (status: number): boolean => status >= 300 && status < 400 && status !== 304

function listen({ on, send }: BrowserSession, log: NetworkLog): void {
  on<Asked>('network.beforeRequestSent', ({ isBlocked, request }) => {
    if (request.url.startsWith('https:')) log.begin(request.request)
    if (isBlocked)
      void send('network.provideResponse', {
        ...{ request: request.request, statusCode: 200, reasonPhrase: 'OK' },
        headers: [
          { name: 'content-type', value: { type: 'string', value: 'text/html; charset=utf-8' } },
        ],
        body: { type: 'string', value: OTHER_SITE },
      }).catch(() => null)
  })
  on<Asked>('network.fetchError', ({ request }) => log.end(request.request))
  on<Came>('network.responseCompleted', (came) => {
    void (async () => {
      const id = came.request.request
      const { url, status, fromCache } = came.response
      const received = { url, status, headers: headersOf(came), bytes: null }
      // The request that follows a redirect has the same id.
      if (!fromCache && leadsOn(status)) log.keep(received)
      else if (fromCache) log.end(id)
      else {
        const asked = { dataType: 'response', request: id }
        const data = await send<{ bytes: Text }>('network.getData', asked).catch(() => null)
        log.end(id, { ...received, bytes: data && bytesOf(data.bytes) })
      }
    })()
  })
}

const EVENTS = ['network.beforeRequestSent', 'network.responseCompleted', 'network.fetchError']

export async function startFirefoxReader(start: ReaderStart): Promise<Reader> {
  const { binary, display, languages, ca } = start
  const env = display === null ? {} : { DISPLAY: display, MOZ_ENABLE_WAYLAND: '0' }
  const prefs = { ...PREFS, 'intl.accept_languages': languages }
  const { session, close } = await openFirefox(binary, prefs, env)
  const { send, once } = session
  const log = makeNetworkLog()
  try {
    listen(session, log)
    const { capabilities } = await send<{ capabilities: { browserVersion: string } }>(
      'session.new',
      { capabilities: { alwaysMatch: ca === undefined ? {} : { acceptInsecureCerts: true } } },
    )
    await send('session.subscribe', { events: [...EVENTS, 'browsingContext.load'] })
    await send('network.addDataCollector', {
      ...{ dataTypes: ['response'], maxEncodedDataSize: LONGEST_BODY },
    })
    const tree = await send<{ contexts: { context: string }[] }>('browsingContext.getTree')
    const [{ context } = { context: '' }] = tree.contexts
    const evaluate = (expression: string) =>
      send('script.evaluate', {
        ...{ expression, target: { context }, awaitPromise: true, userActivation: true },
      })
    const open = async (url: string): Promise<void> => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
      await log.settle()
    }
    const follow = async (url: string): Promise<void> => {
      await Promise.all([once('browsingContext.load', LOAD_MS), evaluate(followCode(url))])
    }
    return {
      name: `Firefox ${capabilities.browserVersion.replace(/\..*/, '')}`,
      open,
      reload: async () => {
        await send('browsingContext.reload', { context, wait: 'complete' })
      },
      follow,
      arriveFrom: async (referer, url) => {
        const { hostname } = new URL(referer)
        const { intercept } = await send('network.addIntercept', {
          phases: ['beforeRequestSent'],
          urlPatterns: [{ type: 'pattern', protocol: 'https', hostname }],
        })
        await open(referer)
        await follow(url)
        await send('network.removeIntercept', { intercept })
      },
      preload: async (addresses) => {
        await evaluate(preloadCode(addresses))
      },
      take: log.take,
      close: async () => {
        await send('browser.close').catch(() => null)
        await close()
      },
    }
  } catch (reason) {
    await close()
    throw reason
  }
}
