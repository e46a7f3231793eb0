// Records everything that a browser context sends, so that a test can tell what left the device.
import type { BrowserContext, Page } from '@playwright/test'
import { findCanary } from './canary.ts'

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

/**
 * Returns the pieces of `digits` that have this length, because even part of a receipt is a leak.
 */
export const piecesOf = (digits: string, length = 6): string[] =>
  Array.from({ length: digits.length - length + 1 }, (_, at) => digits.slice(at, at + length))

/**
 * Finds pieces of a receipt in `bytes`, in any encoding, even with spaces, dots or dashes inside.
 */
export function leakedIn(bytes: Uint8Array | string, digits: string): string[] {
  const pieces = piecesOf(digits)
  const text = Buffer.from(bytes).toString('latin1')
  const apart = pieces.filter((piece) =>
    new RegExp([...piece].join('(?:[ \\-.+\\xa0]|%20|%C2%A0)?'), 'i').test(text),
  )
  // The stable part of six digits in base64 covers only four digits, which a port number can match.
  return [...apart, ...findCanary(bytes, piecesOf(digits, 8))]
}

/** Returns the addresses and titles in the browser's history for Back and Forward. */
export async function historyOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  await session.detach()
  return JSON.stringify(entries)
}

/** Returns the traces on the device: cookies, storage keys, databases, caches, service workers. */
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
