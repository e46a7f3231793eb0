// Tests what Firefox leaves in its folder, because somebody may search the disk. Firefox writes the
// fields of open pages into its session file and restores them, unless a field forbids it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Browser as Firefox, type Page } from 'puppeteer-core'
import { findCanary } from './support/canary.ts'
import { keptIn } from './support/firefox-session.ts'
import { ORIGIN } from './support/phone.ts'
import { expect, test } from './support/staff.ts'
import { prepareDay } from './support/staff-day.ts'
import { leakedIn, piecesOf } from './support/traffic.ts'

const SAVED_MS = 30_000
const PREFS = {
  // The default of 15 s would make the test slow, because the test waits for the file.
  'browser.sessionstore.interval': 300,
  // Firefox saves only once an hour on an idle machine by default.
  'browser.sessionstore.interval.idle': 300,
  'browser.sessionstore.resume_from_crash': true,
  'browser.sessionstore.restore_on_demand': false,
  'browser.startup.page': 3,
  'browser.formfill.enable': true,
  // A proxy that does not answer blocks the neutral page, so that the test asks no other host.
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
}

const open = (profile: string, javaScript: boolean): Promise<Firefox> =>
  launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '',
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: { ...PREFS, 'javascript.enabled': javaScript },
  })

// Presses a key, because without JavaScript a click waits for a frame that is never drawn.
async function press(page: Page, selector: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.press('Enter')
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.type(text)
}

const isShown = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => element.getClientRects().length > 0).catch(() => false)

const shown = (page: Page, selector: string): Promise<void> =>
  expect.poll(() => isShown(page, selector), { timeout: SAVED_MS }).toBe(true)

/** Remembers the written words and searches the disk for these words. */
class Search {
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
   * Types a mark into a field that Firefox keeps, and waits until the session file has the mark.
   * A word that was typed earlier would be in the file by then.
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

  /** Waits until the session file has a text. */
  async holds(text: string): Promise<void> {
    const sessions = (): string =>
      keptIn(this.profile)
        .flatMap(({ texts }) => texts)
        .join('\n')
    await expect.poll(sessions, { timeout: SAVED_MS }).toContain(text)
  }

  /** Returns the files that have a word or a part of the number, each with the text found. */
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

/** Sends a report and keeps its number. Searches while the words are in the field and after. */
async function tell(page: Page, search: Search, javaScript: boolean): Promise<void> {
  await page.goto(`${ORIGIN}/ky/tell/`)
  if (javaScript) while (!(await isShown(page, '#text'))) await press(page, '#next')
  await type(page, '#text', search.write('Көк дарбазада кармап турат 6402'))
  await search.saved(page)
  expect(search.found()).toEqual([])
  await press(page, '#send')
  if (javaScript) await shown(page, '#done')
  const digits = () =>
    page.$eval('#receipt', (element) => element.textContent.replace(/\s/g, '')).catch(() => '')
  await expect.poll(digits, { timeout: SAVED_MS }).toMatch(/^\d{28}$/)
  search.number = await digits()
  await search.saved(page)
  expect(search.found()).toEqual([])
}

/** Reads with the number and writes a follow-up that is not sent. */
async function readAndWrite(page: Page, search: Search): Promise<void> {
  await page.goto(`${ORIGIN}/ky/answer/`)
  await type(page, '#receipt', search.number)
  await search.saved(page)
  expect(search.found()).toEqual([])
  await press(page, '#number button')
  await shown(page, '#text')
  await type(page, '#text', search.write('Дагы айтарым бар 5519'))
  await search.saved(page)
  expect(search.found()).toEqual([])
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'
  test(`R18: Firefox keeps no word and no digits on disk ${how} JavaScript`, async () => {
    // The test searches while typing, after sending, quick exit, kill, restart and quit.
    test.setTimeout(600_000)
    const profile = mkdtempSync(join(tmpdir(), 'oasis-firefox-'))
    const search = new Search(profile)
    let firefox = await open(profile, javaScript)
    try {
      const page = await firefox.newPage()
      page.on('dialog', (dialog) => void dialog.accept())
      await tell(page, search, javaScript)
      await readAndWrite(page, search)

      for (const path of ['offer-check', 'send']) {
        await page.goto(`${ORIGIN}/ky/${path}/`)
        await page.$eval('body', (body) =>
          body.querySelectorAll('details').forEach((each) => (each.open = true)),
        )
        await type(page, '#text', search.write(`Паспорт аларда калат 77${path.length}1 ${path}`))
        await search.saved(page)
        expect(search.found()).toEqual([])
      }

      await page.goto(`${ORIGIN}/ky/tell/`)
      if (javaScript) while (!(await isShown(page, '#text'))) await press(page, '#next')
      await type(page, '#text', search.write('Чыгып кетем азыр 3047'))
      await search.saved(page)
      const exit = await page.$eval('[data-exit]', (link) => link.getAttribute('data-exit') ?? '')
      await press(page, '[data-exit]').catch(() => null)
      if (javaScript) await search.holds(exit)
      expect(search.found()).toEqual([])

      const last = await firefox.newPage()
      last.on('dialog', (dialog) => void dialog.accept())
      await readAndWrite(last, search)
      firefox.process()?.kill('SIGKILL')
      await expect.poll(() => firefox.connected).toBe(false)
      expect(search.found()).toEqual([])

      firefox = await open(profile, javaScript)
      const restored = async (): Promise<Page | undefined> =>
        (await firefox.pages()).find((each) => /\/answer\/?$/.test(each.url()))
      await expect.poll(restored, { timeout: SAVED_MS }).toBeTruthy()
      const again = await restored()
      const values = await again?.$eval('body', (body) =>
        [...body.querySelectorAll('textarea')].map(({ value }) => value),
      )
      expect(values?.join('')).toBe('')
      if (again) await search.saved(again)
      expect(search.found()).toEqual([])
    } finally {
      await firefox.close()
    }
    // After an orderly quit the session is in a file with another name.
    await search.holds('/ky/answer')
    expect(keptIn(profile).map(({ name }) => name)).toContain('sessionstore.jsonlz4')
    expect(search.found()).toEqual([])
    rmSync(profile, { recursive: true, force: true })
  })
}

test('R18: Firefox keeps no word of a day’s work on disk, also while it is open', async ({
  staff,
}) => {
  test.setTimeout(600_000)
  const profile = mkdtempSync(join(tmpdir(), 'oasis-firefox-day-'))
  const search = new Search(profile)
  const day = await prepareDay(staff.secret, '4472')
  search.words.push(...day.canaries)
  const firefox = await open(profile, true)
  try {
    const page = await firefox.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    await day.work(page)
    await search.saved(page)
    expect(search.found()).toEqual([])
    await day.lock(page)
    await search.saved(page)
    expect(search.found()).toEqual([])
  } finally {
    await firefox.close()
  }
  // After an orderly quit the session is in a file with another name.
  await search.holds('/staff')
  expect(keptIn(profile).map(({ name }) => name)).toContain('sessionstore.jsonlz4')
  expect(search.found()).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
