// Defines a reader: a browser with a window, which sends requests as a person's browser does. The
// watch only listens at the network layer. The headers, caching and connections of requests do not
// change.
import type { IncomingHttpHeaders } from 'node:http'

/** The maximum time that a page may take to load. */
export const LOAD_MS = 30_000

export interface Received {
  url: string
  status: number
  headers: IncomingHttpHeaders
  /** null when the response redirects, and when the browser did not return bytes */
  bytes: Buffer | null
}

export interface Reader {
  /** the client's name in a sentence, after "for" */
  name: string
  /** opens an address as if a person had typed it */
  open: (url: string) => Promise<void>
  reload: () => Promise<void>
  /** follows a link on the open page */
  follow: (url: string) => Promise<void>
  /**
   * opens a page of another site, which this machine serves itself, and follows a link from that
   * page
   */
  arriveFrom: (referer: string, url: string) => Promise<void>
  /** fetches scripts into the open page, as an import would */
  preload: (addresses: readonly string[]) => Promise<void>
  /** returns the responses that arrived over the network since the last call; none from a cache */
  take: () => Promise<Received[]>
  close: () => Promise<void>
}

/** The settings that a reader uses to start its browser. */
export interface ReaderStart {
  binary: string
  /** the virtual screen; null when the machine has a real display */
  display: string | null
  /** the reader's preferred languages, in the format of a browser setting: `ky-KG, ky` */
  languages: string
  /** another authority that may sign the host's certificate, in tests */
  ca?: string
}

/**
 * The page that replaces another site. The address of the page is the referer of requests from its
 * links.
 */
export const OTHER_SITE = '<!doctype html><html lang="en"><title>Search</title><body></body></html>'

/** Returns the code that follows a link from the open page. */
export const followCode = (url: string): string =>
  `(() => {
    const link = document.createElement('a')
    link.href = ${JSON.stringify(url)}
    document.body.append(link)
    link.click()
  })()`

/** Returns the code that fetches scripts as an import does, and waits for all of them. */
export const preloadCode = (addresses: readonly string[]): string =>
  `Promise.all(${JSON.stringify(addresses)}.map((address) => new Promise((done) => {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = address
    link.onload = link.onerror = () => done()
    document.head.append(link)
  }))).then(() => null)`
