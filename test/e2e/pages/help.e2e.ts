// Tests the help page. A number to call is visible immediately. Only the chosen country appears,
// with and without a script and in a saved file.
import { chromium, expect, test, type Page } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { consulate, countriesOf } from '#content/published.ts'
import { languages } from '#content/languages.ts'
import { newPhone, ORIGIN } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'
import { slowUnlessFirst } from '../support/soak.ts'

/** Returns the countries that the page shows. */
const countriesSeen = (page: Page): Promise<string[]> =>
  page
    .locator('section')
    .evaluateAll((sections) =>
      sections.filter((section) => section.checkVisibility()).map(({ id }) => id),
    )

/** Returns the number of visible links to a way to write silently. */
const silentWays = (page: Page): Promise<number> => page.locator('.hush:visible').count()

/** Sets a font that is as wide as any on a phone. */
const wide = (page: Page) =>
  page.addStyleTag({ content: '* { font-family: "DejaVu Sans" !important }' })

/**
 * Returns the numbers on buttons that are fully visible between the top of the screen and the bar.
 */
const wholeNumbers = (page: Page): Promise<string[]> =>
  page.locator('.call b').evaluateAll((numbers) => {
    const bar = document.querySelector('.bar')?.getBoundingClientRect()
    const floor = bar && bar.top > 0 ? bar.top : innerHeight
    return numbers
      .filter((number) => {
        const { top, bottom, left, right } = number.getBoundingClientRect()
        return top >= 0 && bottom <= floor && left >= 0 && right <= innerWidth && bottom > top
      })
      .map((number) => number.textContent)
  })

for (const script of [true, false])
  test(`Help shows only the chosen country with script ${script ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser, script)
    await page.goto('/ky/help/')
    expect(await countriesSeen(page)).toEqual([])
    expect(await silentWays(page)).toBe(1)
    for (const country of ['KR', 'TR']) {
      await page
        .locator('nav')
        .getByRole('link', { name: wordsIn('ky')(`country.${country}`) })
        .click()
      await expect(page.locator(`#${country} h2`)).toBeInViewport()
      expect(await countriesSeen(page)).toEqual([country])
      expect(await silentWays(page)).toBe(1)
      const { tel = '' } = countriesOf().find((each) => each.country === country)?.danger ?? {}
      await expect(page.locator(`#${country} a.now[href="tel:${tel}"]`)).toBeInViewport()
      await page.locator(`#${country} .where a`).click()
      await expect(page.locator('#where')).toBeInViewport()
      // With a script, the country stays until the person chooses another.
      expect(await countriesSeen(page)).toEqual(script ? [country] : [])
      expect(await silentWays(page)).toBe(1)
    }
    await context.close()
  })

test('On paper help has every country, the consulate once, and addresses beside links', async ({
  page,
}) => {
  await page.goto('/ru/help/#AE')
  await page.emulateMedia({ media: 'print' })
  const seen = await countriesSeen(page)
  expect(seen.sort()).toEqual(
    countriesOf()
      .map(({ country }) => country)
      .sort(),
  )
  await expect(page.locator(`.call[href="tel:${consulate.tel}"]:visible`)).toHaveCount(1)
  await expect(page.locator('.rest a[href^="/"]:visible')).toHaveCount(0)
  const others = page.locator('.rest > p > a[href^="https"]:visible')
  await expect(others).not.toHaveCount(0)
  for (const other of await others.all()) {
    const after = await other.evaluate((link) => getComputedStyle(link, '::after').content)
    expect(after).toContain(await other.getAttribute('href'))
  }
})

test('The chosen country has two cards of one size, and no part of the header above it', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 640 })
    for (const lang of languages)
      for (const country of ['RU', 'TR']) {
        await page.goto('about:blank')
        await page.goto(`/${lang}/help/#${country}`)
        const cards = page.locator(`#${country} .pair .call`)
        const sizes = await cards.evaluateAll((all) =>
          all.map((card) => [card.clientWidth, card.clientHeight].map(Math.round).join(' × ')),
        )
        expect(sizes, `${lang} ${country} at ${width}`).toHaveLength(2)
        expect(new Set(sizes).size, `${lang} ${country} at ${width}: ${sizes.join()}`).toBe(1)
        // The header is fully visible above the country, or it is off the screen.
        const header = await page.locator('header').boundingBox()
        if (width === 1280) expect(header?.y).toBe(0)
        else expect((header?.y ?? 0) + (header?.height ?? 0)).toBeLessThanOrEqual(0)
      }
  }
  await context.close()
})

test('A saved help page shows the chosen country, even one chosen before saving', async ({
  browser,
}) => {
  const { context, page, sent } = await newPhone(browser)
  const folder = mkdtempSync(join(tmpdir(), 'oasis-saved-'))
  const file = join(folder, 'numbers.html')
  const address = pathToFileURL(file).href
  await page.goto('/ru/help/#AE')
  writeFileSync(file, await page.content())
  const before = sent.length
  await page.goto(address)
  expect(await countriesSeen(page)).toEqual(['AE'])
  await page
    .locator('main nav')
    .getByRole('link', { name: wordsIn('ru')('country.RU') })
    .click()
  // The script is notified of the new fragment a moment after the press.
  await expect.poll(() => countriesSeen(page)).toEqual(['RU'])
  expect(sent.slice(before).filter(({ url }) => !url.startsWith('file:'))).toEqual([])
  await context.close()
  rmSync(folder, { recursive: true })
})

test.describe('wide letters', () => {
  // The policy of the page would block the added style.
  test.use({ bypassCSP: true })

  for (const lang of languages)
    test(
      `Help in ${lang} shows a whole number per country first, in wide letters`,
      slowUnlessFirst(lang),
      async ({ page }) => {
        for (const height of [640, 568]) {
          await page.setViewportSize({ width: height === 640 ? 360 : 320, height })
          await page.goto('about:blank')
          await page.goto(`/${lang}/help/`)
          await wide(page)
          expect(await wholeNumbers(page)).toContain('+996 999 312 002')
          for (const { country, danger } of countriesOf()) {
            await page.goto('about:blank')
            await page.goto(`/${lang}/help/#${country}`)
            await wide(page)
            expect(await wholeNumbers(page), country).toContain(danger.display)
          }
        }
      },
    )
})

test('In Russia 112 and the consulate are whole on a phone and equal in size on a desktop', async ({
  page,
}) => {
  for (const lang of languages) {
    await page.setViewportSize({ width: 360, height: 640 })
    await page.goto('about:blank')
    await page.goto(`/${lang}/help/#RU`)
    expect(await wholeNumbers(page)).toEqual(['112', '+996 999 312 002'])
    await page.setViewportSize({ width: 1280, height: 800 })
    const [now, consul] = await page
      .locator('#RU .call')
      .evaluateAll((calls) => calls.map((call) => call.getBoundingClientRect().toJSON() as DOMRect))
    expect(consul?.height).toBe(now?.height)
    expect(Math.abs((consul?.width ?? 0) - (now?.width ?? 0))).toBeLessThan(20)
    expect(consul?.top).toBe(now?.top)
  }
})

test('With letters of twice the size the help page is not wider than 320 pixels', async () => {
  const { launchOptions = {} } = test.info().project.use
  const args = [...(launchOptions.args ?? []), '--blink-settings=defaultFontSize=32']
  const browser = await chromium.launch({ ...launchOptions, args })
  const page = await browser.newPage({
    viewport: { width: 320, height: 640 },
    bypassCSP: true,
  })
  for (const lang of languages)
    for (const country of ['', '#RU', '#US']) {
      await page.goto(`${ORIGIN}/${lang}/help/${country}`)
      await wide(page)
      await page.locator('details').evaluateAll((folds) => {
        for (const fold of folds) (fold as HTMLDetailsElement).open = true
      })
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('36px')
      const out = await page
        .locator('main *')
        .evaluateAll((parts) =>
          parts
            .filter((part) => part.getBoundingClientRect().right > 320)
            .map((part) => part.outerHTML.slice(0, 80)),
        )
      expect(out).toEqual([])
    }
  await browser.close()
})
