// Opens the staff app in Chromium with a simulated passkey, for measurements.
import { chromium, type CDPSession, type Page } from '@playwright/test'
import type { ServedDemo } from '#scripts/lab/bench/served-demo'
import {
  installPageWatch,
  type PageNotes,
  type Press,
  type Sight,
} from '#scripts/lab/bench/staff/page-watch'
import { addAuthenticator, joinByInvitation } from '#scripts/browser/staff'
import { wordsIn } from '#scripts/browser/words'
import { startConfirmer } from '#scripts/local/confirm-newcomers'
import { findBrowser, QUIET } from '#scripts/test/browser'

const words = wordsIn('ky')
const buttonOf = (key: string) => ({ click: 'button', text: words(key) }) satisfies Press

const LOCK = buttonOf('staff.lock')
export const UNLOCK = buttonOf('staff.locked.passkey')
export const SIGN_IN = buttonOf('staff.signin.go')
export const SEARCH = '.find input'
export const FIRST_LINE: Sight = { selector: '.queue .line' }
const sightOf = ({ click, text }: { click: string; text: string }): Sight => ({
  selector: click,
  text,
})
/** The state in which the page shows that a search has found `n` cases. */
export const foundSight = (n: string): Sight => ({
  selector: '.find [role="status"]',
  text: words('staff.list.found', { n }),
})

/** An action that was measured several times, in milliseconds. */
export interface Times {
  /** the time that the user waits */
  ms: number[]
  /** processor time of the main thread during the action */
  cpuMs: number[]
}

export const noTimes = (): Times => ({ ms: [], cpuMs: [] })

/** Processor time in seconds. */
export interface PageCpu {
  /** processor time of the page's main thread */
  main: number
  /**
   * processor time of all threads of the browser's pages, including WebCrypto, garbage collection
   * and drawing
   */
  all: number
}

/** A page of the staff app for a user with a passkey. */
export class StaffPage {
  readonly page: Page
  readonly session: CDPSession
  readonly #machine: CDPSession
  readonly #address: string

  private constructor(page: Page, session: CDPSession, machine: CDPSession, address: string) {
    this.page = page
    this.session = session
    this.#machine = machine
    this.#address = address
  }

  /**
   * Joins through the demo's invitation. Afterwards, the app is locked and has not yet written any
   * piece.
   */
  static async join({ server, orgDir, signIn }: ServedDemo): Promise<StaffPage> {
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: QUIET })
    const context = await browser.newContext({
      baseURL: server.staffOrigin,
      locale: 'ky-KG',
      viewport: { width: 1280, height: 800 },
    })
    const page = await context.newPage()
    await page.addInitScript(installPageWatch)
    await addAuthenticator(page)
    const session = await context.newCDPSession(page)
    const stopConfirmer = startConfirmer(server.staffOrigin, orgDir)
    await joinByInvitation(page, signIn.invitation, 'Бегимай')
    stopConfirmer()
    const machine = await browser.newBrowserCDPSession()
    const joined = new StaffPage(page, session, machine, `${server.staffOrigin}/staff/`)
    await joined.lock()
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return joined
  }

  /** Waits for a state. @returns milliseconds since the navigation began */
  until(sight: Sight): Promise<number> {
    return this.page.evaluate((shown) => window.pageWatch.until(shown), sight)
  }

  /** Returns milliseconds since the navigation began. */
  now(): Promise<number> {
    return this.page.evaluate(() => performance.now())
  }

  /** Presses a button and waits for a state. @returns milliseconds */
  pressUntil(press: Press, sight: Sight): Promise<number> {
    return this.page.evaluate(([each, shown]) => window.pageWatch.pressUntil(each, shown), [
      press,
      sight,
    ] as const)
  }

  /** Presses a button and waits until the app has rendered. @returns milliseconds */
  pressAndDraw(press: Press): Promise<number> {
    return this.page.evaluate((each) => window.pageWatch.pressAndDraw(each), press)
  }

  async lock(): Promise<void> {
    await this.pressUntil(LOCK, sightOf(UNLOCK))
  }

  /** Loads the page again, as a new tab does. The session continues. */
  async openTab(): Promise<void> {
    await this.page.goto(this.#address)
    await this.until(sightOf(UNLOCK))
  }

  /** Clears the files and the session, and starts to load the page as on a new device. */
  async openDevice(): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.context().clearCookies()
    await this.session.send('Network.clearBrowserCache')
    await this.page.goto(this.#address, { waitUntil: 'commit' })
    await this.until(sightOf(SIGN_IN))
  }

  /**
   * Slows the network. Without a rate, restores the normal speed. The session reports network
   * events only while the network is slowed, because reporting delays each request.
   */
  async setNetwork(megabits: number | null, latencyMs = 0): Promise<void> {
    if (megabits === null) {
      await this.session.send('Network.disable')
      return
    }
    const throughput = (megabits * 1e6) / 8
    await this.session.send('Network.enable')
    await this.session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    })
  }

  async slowCpu(times: number): Promise<void> {
    await this.session.send('Emulation.setCPUThrottlingRate', { rate: times })
  }

  /** Returns the processor time used, in seconds. */
  async cpu(): Promise<PageCpu> {
    const { processInfo } = await this.#machine.send('SystemInfo.getProcessInfo')
    const renderers = processInfo.filter(({ type }) => type === 'renderer')
    return {
      main: await this.#mainCpu(),
      all: renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    }
  }

  async #mainCpu(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
  }

  /** Adds the times of an action; the action returns its own duration in milliseconds. */
  async note(times: Times, act: () => Promise<number>): Promise<void> {
    const before = await this.#mainCpu()
    times.ms.push(await act())
    times.cpuMs.push(1000 * ((await this.#mainCpu()) - before))
  }

  /** Returns everything that the page has recorded since the last call. */
  takeNotes(): Promise<PageNotes> {
    return this.page.evaluate(() => window.pageWatch.takeNotes())
  }

  /** Makes the page record how long each search takes. */
  noteSearches(): Promise<void> {
    return this.page.evaluate(() => window.pageWatch.noteSearches())
  }

  close(): Promise<void> {
    return this.page.context().browser()?.close() ?? Promise.resolve()
  }
}
