// Starts a browser with a fresh profile, and opens a session with it. The profile is deleted when
// the browser closes.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openBrowserSession, type BrowserSession } from '#scripts/browser/browser-session'
import { endChild, firstMatch } from '#scripts/shared/child-process'

export interface OpenBrowser {
  session: BrowserSession
  close: () => Promise<void>
}

interface Start {
  args: (profile: string) => string[]
  env: Record<string, string>
  /** finds the session's port in the browser's output */
  port: RegExp
  addressAt: (port: string) => Promise<string>
}

const PAGE_TRIES = 50
const POLL_MS = 200

/** Starts Chromium, and opens a DevTools session with its first page. */
export const openChromium = (
  binary: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<OpenBrowser> =>
  openBrowser(binary, {
    args: (profile) => ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...args],
    env,
    port: /listening on ws:\/\/[^:]+:(\d+)/,
    addressAt: (port) => pageAt(`http://127.0.0.1:${port}/json/list`),
  })

/** Starts Firefox, and opens a WebDriver BiDi session. @param prefs  lines of its user.js */
export const openFirefox = (
  binary: string,
  prefs: Readonly<Record<string, string | number | boolean>>,
  env: Record<string, string> = {},
): Promise<OpenBrowser> =>
  openBrowser(binary, {
    args: (profile) => {
      const lines = Object.entries(prefs).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
      )
      writeFileSync(join(profile, 'user.js'), lines.join(''))
      return ['--remote-debugging-port=0', '--profile', profile, '--no-remote']
    },
    env,
    port: /BiDi listening on ws:\/\/[^:]+:(\d+)/,
    addressAt: (port) => Promise.resolve(`ws://127.0.0.1:${port}/session`),
  })

async function openBrowser(
  binary: string,
  { args, env, port, addressAt }: Start,
): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-browser-'))
  const child = spawn(binary, args(profile), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  const end = async (): Promise<void> => {
    await endChild(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: POLL_MS })
  }
  try {
    const [, found = ''] = await firstMatch(child, child.stderr, port)
    const session = await openBrowserSession(await addressAt(found))
    return {
      session,
      close: async () => {
        session.close()
        await end()
      },
    }
  } catch (reason) {
    await end()
    throw reason
  }
}

/**
 * Returns the address of the first page. Older versions of the browser open the first page a moment
 * after they start.
 */
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
