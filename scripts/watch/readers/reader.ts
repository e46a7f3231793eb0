// Defines a reader: a browser with a window, which asks a host as the browser of a person does. The
// watch only listens at the network layer. No request has another header, cache or connection.
import type { IncomingHttpHeaders } from 'node:http'

export interface Received {
  url: string
  status: number
  headers: IncomingHttpHeaders
  /** null when the answer leads on, and when the browser gave no bytes */
  bytes: Buffer | null
}

export interface Reader {
  /** the name in sentences, after "for" */
  name: string
  /** opens an address as if somebody typed it */
  open: (url: string) => Promise<void>
  reload: () => Promise<void>
  /** follows a link on the open page */
  follow: (url: string) => Promise<void>
  /** opens a page of another site, which this machine answers in its place, and follows a link */
  arriveFrom: (referer: string, url: string) => Promise<void>
  /** fetches scripts into the open page, as an import does */
  preload: (addresses: readonly string[]) => Promise<void>
  /** returns the answers that came over the network since the last call, none from a cache */
  take: () => Promise<Received[]>
  close: () => Promise<void>
}

/** The browser of a reader, and how a test trusts its host. */
export interface ReaderStart {
  binary: string
  /** the screen; null where the machine has one */
  display: string | null
  /** the languages that the reader prefers, as the setting of a browser: `ky-KG, ky` */
  languages: string
  /** another authority that may sign the host's certificate: in tests */
  ca?: string
}

/** The page in place of another site. The address of the page is the referer of its links. */
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
