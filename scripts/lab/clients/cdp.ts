// Drives Chromium 64 or later over the Chrome DevTools Protocol, because no current library
// supports such old versions.
import { placeOf, type Client } from '#scripts/lab/clients/client'
import type { BrowserSession } from '#scripts/browser/browser-session'
import { openChromium } from '#scripts/browser/open-browser'

async function ask<T>({ send }: BrowserSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await send<{
    result: { value?: T }
    exceptionDetails?: { text: string }
  }>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
  if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression.slice(0, 80)}`)
  return result.value as T
}

function clientOf(session: BrowserSession, close: () => Promise<void>): Client {
  const { send, once } = session
  return {
    ask: (expression) => ask(session, expression),
    open: async (url) => {
      await Promise.all([once('Page.loadEventFired'), send('Page.navigate', { url })])
    },
    press: async (selector) => {
      const [x, y] = await ask<[number, number]>(session, placeOf(selector))
      for (const type of ['mousePressed', 'mouseReleased'])
        await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
    },
    type: async (selector, text) => {
      await ask(session, `document.querySelector(${JSON.stringify(selector)}).focus()`)
      for (const key of text) await send('Input.dispatchKeyEvent', { type: 'char', text: key })
    },
    choose: async (selector, file) => {
      const { root } = await send<{ root: { nodeId: number } }>('DOM.getDocument')
      const { nodeId } = root
      const found = await send<{ nodeId: number }>('DOM.querySelector', { nodeId, selector })
      await send('DOM.setFileInputFiles', { nodeId: found.nodeId, files: [file] })
    },
    close,
  }
}

/** Starts a headless Chromium with a fresh profile. */
export async function startChromium(binary: string, args: string[]): Promise<Client> {
  const { session, close } = await openChromium(binary, ['--headless', ...args])
  // The page asks before it discards words, and the simulated person agrees.
  session.on('Page.javascriptDialogOpening', () => {
    void session.send('Page.handleJavaScriptDialog', { accept: true })
  })
  try {
    for (const domain of ['Page', 'Runtime', 'DOM']) await session.send(`${domain}.enable`)
    return clientOf(session, close)
  } catch (reason) {
    await close()
    throw reason
  }
}
