// Counts the taps from home to a sent report, and to the numbers for a country, on a small phone.
// The shortest path to a report needs no scrolling.
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { countriesWithPage } from '#content/countries.ts'
import { countryOf } from '#content/published.ts'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { countryPage } from '#site/pages.ts'
import { ORIGIN, PHONE } from '../support/phone.ts'
import { expectWhole, newFinger } from '../support/screen.ts'
import { wordsIn } from '../support/words.ts'
import { slowUnlessFirst } from '../support/soak.ts'

const SHORTEST = 4
const AFTER_YES = 5
const WHOLE = 10
/** Maximum number of taps from home to the numbers for a country. */
const TO_NUMBERS = 2
const WORDS = 'Паспортумду алып коюшту, 5-үй'

async function onTouchPhone(
  browser: Browser,
  lang: Language,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    locale: lang,
    baseURL: ORIGIN,
  })
  const page = await context.newPage()
  await page.goto(`/${lang}/`)
  await act(page)
  await context.close()
}

const letterDoor = (page: Page): Locator => page.locator('main a[href*="/tell/"]:visible')

const isFocused = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => element === document.activeElement)

/**
 * Writes into a field. A focused field does not need a tap, because the keyboard is already open.
 */
async function write(field: Locator, tap: () => Promise<void>): Promise<void> {
  if (!(await isFocused(field))) await tap()
  await expect(field).toBeFocused()
  await field.pressSequentially(WORDS)
}

const expectArrived = (page: Page, lang: Language): Promise<void> =>
  expect(page.getByRole('heading', { name: wordsIn(lang)('done.heading') })).toBeVisible({
    timeout: 60_000,
  })

for (const lang of languages) {
  test(
    `A report in ${lang} is sent with ${SHORTEST} taps from home and without scrolling`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        const { tap, taps } = newFinger()
        const text = page.locator('#text')
        await tap(letterDoor(page), 'the door')
        await expect(page).toHaveURL(/\/tell\//)
        while (!(await text.isVisible())) await tap(page.locator('#next'), 'Next')
        // A tap on the field is part of writing, so the test counts only the taps before and after.
        await write(text, () => text.tap())
        expect(await page.evaluate(() => scrollY)).toBe(0)
        await tap(page.locator('#send'), 'Send')
        await expectArrived(page, lang)
        expect(taps().length, taps().join(', ')).toBeLessThanOrEqual(SHORTEST)
      })
    },
  )

  test(
    `After "Yes" in ${lang} a plea takes ${AFTER_YES} taps beside the first call, no scroll`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        const { tap, taps } = newFinger()
        const text = page.locator('#text')
        await tap(letterDoor(page), 'the door')
        await expect(page).toHaveURL(/\/tell\//)
        await tap(page.locator('label[for=yes]'), 'Yes')
        await expectWhole(page.locator('#calls > p').first(), 'what a letter does not do')
        await expectWhole(page.locator('#calls .call').first(), 'the first call')
        while (!(await text.isVisible())) await tap(page.locator('#next'), 'Next')
        await write(text, () => text.tap())
        expect(await page.evaluate(() => scrollY)).toBe(0)
        await tap(page.locator('#send'), 'Send')
        await expectArrived(page, lang)
        expect(taps().length, taps().join(', ')).toBeLessThanOrEqual(AFTER_YES)
        await expectWhole(page.locator('#urgent .call').first(), 'the first call')
        await expectWhole(page.locator('#receipt'), 'the number')
      })
    },
  )

  test(
    `At 320 pixels in ${lang} "Yes" shows the first call and Next after one scroll at most`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        await page.setViewportSize({ width: 320, height: 568 })
        await page.goto(`/${lang}/tell/`)
        await page.locator('label[for=yes]').tap()
        await expectWhole(page.locator('#next'), 'Next')
        // A thumb scrolls the page by half the height of the window.
        const call = page.locator('#calls .call').first()
        await call.evaluate((place) => {
          const next = document.getElementById('next')?.getBoundingClientRect().top ?? 0
          if (place.getBoundingClientRect().bottom > next) scrollBy(0, innerHeight / 2)
        })
        await expectWhole(call, 'the first call')
        await expectWhole(page.locator('#next'), 'Next')
      })
    },
  )

  test(
    `A report in ${lang} with a look at every question takes ${WHOLE} taps`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        const taps: string[] = []
        const tap = async (place: Locator, what: string): Promise<void> => {
          taps.push(what)
          await place.first().tap()
        }
        const text = page.locator('#text')
        const next = page.locator('#next')
        await tap(letterDoor(page), 'the door')
        await expect(page).toHaveURL(/\/tell\//)
        for (;;) {
          if (await text.isVisible()) await write(text, () => tap(text, 'the field'))
          if (!(await next.isVisible())) break
          const count = await page.locator('#count').innerText()
          await tap(next, 'Next')
          // The page loads the later questions over the network.
          await expect(page.locator('#count')).not.toHaveText(count)
        }
        await tap(page.locator('#send'), 'Send')
        await expectArrived(page, lang)
        expect(taps.length, taps.join(', ')).toBeLessThanOrEqual(WHOLE)
      })
    },
  )

  test(
    `From home in ${lang} the numbers of any country take ${TO_NUMBERS} taps`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        const help = pathOf(lang, 'help')
        for (const country of countriesWithPage) {
          await page.goto(`/${lang}/`)
          const taps: string[] = []
          // The `help` page itself shows the numbers.
          for (const to of [help, `#${country}`]) {
            taps.push(to)
            await page.locator(`main a[href="${to}"]:visible`).first().tap()
            await expect(page).toHaveURL(to === help ? help : help + to)
          }
          expect(taps.length).toBeLessThanOrEqual(TO_NUMBERS)
          const { danger } = countryOf(country)
          await expect(page.locator(`a.now[href="tel:${danger.tel}"]:visible`)).toBeInViewport()
        }
      })
    },
  )

  test(
    `From the page for relatives in ${lang} the numbers of the Emirates take ${TO_NUMBERS} taps`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      await onTouchPhone(browser, lang, async (page) => {
        const address = pathOf(lang, countryPage('AE'))
        await page.goto(pathOf(lang, 'family'))
        await page.locator('.first-steps summary').tap()
        await page.locator(`.first-steps a[href="${address}"]`).tap()
        await expect(page).toHaveURL(address)
      })
    },
  )
}
