// Opens Firefox with its own profile folder, types into its pages, and searches the folder.
import { launch, type Browser as Firefox, type Page } from 'puppeteer-core'
import { expect } from '@playwright/test'
import { findCanary } from './canary.ts'
import { keptIn } from './firefox-session.ts'
import { leakedIn, piecesOf } from './traffic.ts'

/** The interval at which Firefox writes its session file. */
export const SAVED_MS = 30_000
const PREFS = {
  // The default of 15 s would make the test slow, because the test waits for the file.
  'browser.sessionstore.interval': 300,
  // By default, Firefox saves only once an hour on an idle machine.
  'browser.sessionstore.interval.idle': 300,
  'browser.sessionstore.resume_from_crash': true,
  'browser.sessionstore.restore_on_demand': false,
  'browser.startup.page': 3,
  'browser.formfill.enable': true,
  // A proxy that does not respond blocks the neutral page, so that the test contacts no other host.
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
}

export const openFirefox = (profile: string, javaScript: boolean): Promise<Firefox> =>
  launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '',
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: { ...PREFS, 'javascript.enabled': javaScript },
  })

/** Presses a key, because without JavaScript, a click waits for a frame that is never rendered. */
export async function press(page: Page, selector: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.press('Enter')
}

export async function type(page: Page, selector: string, text: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.type(text)
}

export const isShown = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => element.getClientRects().length > 0).catch(() => false)

export const shown = (page: Page, selector: string): Promise<void> =>
  expect.poll(() => isShown(page, selector), { timeout: SAVED_MS }).toBe(true)

/** Remembers the written words and searches the disk for them. */
export class Search {
  readonly words: (string | Buffer)[] = []
  number = ''
  #marks = 0
  readonly profile: string

  constructor(profile: string) {
    this.profile = profile
  }

  write(word: string): string {
    this.words.push(word)
    return word
  }

  /**
   * Types a mark into a field that Firefox saves, and waits until the session file contains the
   * mark. By then, an earlier word would also be in the file.
   */
  async saved(page: Page): Promise<void> {
    const mark = `Белги-${++this.#marks}-${crypto.randomUUID()}`
    await page.$eval('body', (body) => {
      body.querySelector('#mark')?.remove()
      body.append(Object.assign(document.createElement('textarea'), { id: 'mark' }))
    })
    await type(page, '#mark', mark)
    await this.holds(mark)
  }

  /** Waits until the session file contains a text. */
  async holds(text: string): Promise<void> {
    const sessions = (): string =>
      keptIn(this.profile)
        .flatMap(({ texts }) => texts)
        .join('\n')
    await expect.poll(sessions, { timeout: SAVED_MS }).toContain(text)
  }

  /** Returns the files that contain a word or a part of the number, each with the text found. */
  found(): string[] {
    const { number } = this
    const grouped = number.replace(/\d{4}(?=\d)/g, '$& ')
    // Six digits can match by chance in any file, but not in the texts of a session.
    const pieces = number && [...piecesOf(number, 10), ...piecesOf(grouped, 12)]
    return keptIn(this.profile).flatMap(({ name, bytes, texts }) =>
      [
        ...findCanary(bytes, [...this.words, ...pieces]),
        ...(number ? leakedIn(texts.join('\n'), number) : []),
      ].map((text) => `${name}: ${text}`),
    )
  }
}
