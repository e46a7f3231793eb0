// Drives any Chromium from 64 on over the Chrome DevTools Protocol, because today's libraries
// support no Chromium that old.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openCdpSession, type CdpSession } from '#scripts/lab/clients/cdp-session'
import { placeOf, type Client } from '#scripts/lab/clients/client'
import { endChild, firstMatch } from '#scripts/lab/clients/process'

const PAGE_TRIES = 50
const POLL_MS = 200

async function ask<T>({ send }: CdpSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await send<{
    result: { value?: T }
    exceptionDetails?: { text: string }
  }>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
  if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression.slice(0, 80)}`)
  return result.value as T
}

function clientOf(session: CdpSession, close: () => Promise<void>): Client {
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

/** Returns the address of the first page. An old version opens the first page a little late. */
async function pageAt(list: string): Promise<string> {
  for (let tries = 0; tries < PAGE_TRIES; tries++) {
    const targets = (await (await fetch(list)).json()) as {
      type: string
      webSocketDebuggerUrl: string
    }[]
    const page = targets.find(({ type }) => type === 'page')
    if (page) return page.webSocketDebuggerUrl
    await wait(POLL_MS)
  }
  throw new Error('it opened no page')
}

/** Starts a Chromium with a fresh profile, which is deleted when the browser closes. */
export async function startChromium(binary: string, args: string[]): Promise<Client> {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-client-'))
  const child = spawn(
    binary,
    ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const end = async (): Promise<void> => {
    await endChild(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const [, port = ''] = await firstMatch(child, child.stderr, /listening on ws:\/\/[^:]+:(\d+)/)
    const session = await openCdpSession(await pageAt(`http://127.0.0.1:${port}/json/list`))
    for (const domain of ['Page', 'Runtime', 'DOM']) await session.send(`${domain}.enable`)
    return clientOf(session, async () => {
      session.close()
      await end()
    })
  } catch (reason) {
    await end()
    throw reason
  }
}
