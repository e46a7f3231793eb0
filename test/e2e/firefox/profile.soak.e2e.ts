// Tests what Firefox leaves in its profile folder, because somebody may search the disk. Firefox
// writes the fields of open pages into its session file and restores them, unless a field opts out.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import {
  isShown,
  openFirefox,
  press,
  SAVED_MS,
  Search,
  shown,
  type,
} from '../support/firefox-profile.ts'
import { keptIn } from '../support/firefox-session.ts'
import { ORIGIN } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { prepareDay } from '../support/staff-day.ts'

/**
 * Sends a report and keeps its number. Searches the profile folder while the words are in the field
 * and again afterwards.
 */
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

/** Reads the replies with the number, and writes a follow-up that is not sent. */
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
    // The test searches while words are typed, and after sending, the quick exit, a kill, a restart
    // and a quit.
    test.setTimeout(600_000)
    const profile = mkdtempSync(join(tmpdir(), 'oasis-firefox-'))
    const search = new Search(profile)
    let firefox = await openFirefox(profile, javaScript)
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

      firefox = await openFirefox(profile, javaScript)
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
    // After an orderly quit, the session is in a file with another name.
    await search.holds('/ky/answer')
    expect(keptIn(profile).map(({ name }) => name)).toContain('sessionstore.jsonlz4')
    expect(search.found()).toEqual([])
    rmSync(profile, { recursive: true, force: true })
  })
}

test('R18: Firefox keeps no word of a day’s work on disk, even while it is open', async ({
  staff,
}) => {
  test.setTimeout(600_000)
  const profile = mkdtempSync(join(tmpdir(), 'oasis-firefox-day-'))
  const search = new Search(profile)
  const day = await prepareDay(staff.secret, '4472')
  search.words.push(...day.canaries)
  const firefox = await openFirefox(profile, true)
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
  // After an orderly quit, the session is in a file with another name.
  await search.holds('/staff')
  expect(keptIn(profile).map(({ name }) => name)).toContain('sessionstore.jsonlz4')
  expect(search.found()).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
