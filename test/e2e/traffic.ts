// Everything a browser context sends, so that a test can say what left the device and what did not.
import type { BrowserContext } from '@playwright/test'

export interface Sent {
  method: string
  url: string
  /** headers and body as one latin1 text */
  rest: string
  body: Buffer
}

export function watchTraffic(context: BrowserContext): Sent[] {
  const sent: Sent[] = []
  context.on('request', (request) => {
    const body = request.postDataBuffer() ?? Buffer.alloc(0)
    const headers = JSON.stringify(request.headers())
    sent.push({
      method: request.method(),
      url: request.url(),
      rest: headers + body.toString('latin1'),
      body,
    })
  })
  return sent
}

/** Pieces of `digits`, `length` long: a receipt that leaks in part has leaked. */
export const piecesOf = (digits: string, length = 6): string[] =>
  Array.from({ length: digits.length - length + 1 }, (_, at) => digits.slice(at, at + length))

/** What a page could have left behind on the device: cookies, storages, databases, caches, service workers. */
export async function tracesOf(context: BrowserContext): Promise<unknown[]> {
  const cookies = await context.cookies()
  const pages = await Promise.all(
    context
      .pages()
      .map((page) =>
        page.evaluate(async () => [
          ...Object.keys(localStorage),
          ...Object.keys(sessionStorage),
          ...(await indexedDB.databases()).map(({ name }) => name),
          ...(await caches.keys()),
          ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
        ]),
      ),
  )
  return [...cookies, ...pages.flat()]
}
