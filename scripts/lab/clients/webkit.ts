// Drives WebKitGTK, the engine closest to Safari that runs here: MiniBrowser under Xvfb, over W3C
// WebDriver.
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { placeOf, type Client, type ClientKind } from '#scripts/lab/clients/client'
import { endChild } from '#scripts/shared/child-process'
import { openScreen, XVFB } from '#scripts/browser/open-screen'
import { anyPort } from '#scripts/shared/ports'

const DRIVER = '/usr/bin/WebKitWebDriver'
const BROWSERS = ['/usr/lib/*/webkit2gtk-4.1/MiniBrowser', '/usr/lib/*/webkitgtk-6.0/MiniBrowser']
/** The key of an element in WebDriver's JSON (W3C WebDriver, section 12). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const START_TRIES = 50
const POLL_MS = 200

type Ask = <T>(path: string, body?: object, method?: string) => Promise<T>

/** Returns a function that calls the driver and returns the value from its response. */
const askerOf =
  (base: string): Ask =>
  async (path, body, method = body ? 'POST' : 'GET') => {
    const response = await fetch(base + path, {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    const { value } = await response.json<{ value: never }>()
    if (response.ok) return value
    throw new Error((value as { message?: string }).message ?? `WebDriver said ${response.status}`)
  }

async function openSession(base: string, binary: string): Promise<Ask> {
  const asked = {
    capabilities: {
      alwaysMatch: {
        unhandledPromptBehavior: 'accept',
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      },
    },
  }
  for (let tries = 0; ; tries++) {
    try {
      const { sessionId } = await askerOf(base)<{ sessionId: string }>('/session', asked)
      return askerOf(`${base}/session/${sessionId}`)
    } catch (reason) {
      if (tries === START_TRIES) throw reason
      await wait(POLL_MS)
    }
  }
}

function clientOf(ask: Ask, close: () => Promise<void>): Client {
  const find = async (value: string): Promise<string> => {
    const found = await ask<Record<string, string>>('/element', { using: 'css selector', value })
    return `/element/${found[ELEMENT] ?? ''}`
  }
  const write = async (selector: string, text: string): Promise<void> => {
    await ask(`${await find(selector)}/value`, { text })
  }
  return {
    open: async (url) => {
      await ask('/url', { url })
    },
    ask: (expression) => ask('/execute/sync', { script: `return (${expression})`, args: [] }),
    press: async (selector) => {
      await ask('/execute/sync', { script: `return ${placeOf(selector)}`, args: [] })
      await ask(`${await find(selector)}/click`, {})
    },
    type: write,
    choose: write,
    close,
  }
}

export const webkit: ClientKind = {
  name: 'WebKitGTK',
  start: async () => {
    const [binary] = globSync(BROWSERS)
    if (!existsSync(DRIVER) || binary === undefined)
      return 'the package webkit2gtk-driver is not installed'
    if (!existsSync(XVFB)) return 'the package xvfb is not installed'
    const screen = await openScreen()
    const port = String(await anyPort())
    const driver = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: screen.display, LANG: 'C.UTF-8' },
    })
    const end = async (): Promise<void> => {
      await endChild(driver)
      await screen.close()
    }
    try {
      const ask = await openSession(`http://127.0.0.1:${port}`, binary)
      return clientOf(ask, async () => {
        await ask('', undefined, 'DELETE').catch(() => null)
        await end()
      })
    } catch (reason) {
      await end()
      throw reason
    }
  },
}
