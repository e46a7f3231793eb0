// Tests the pages with the browser's font size set to between 100 and 200 %. No content page is
// wider than the screen, and the bar of each page remains fully visible.
import { expect, test, type Page } from '@playwright/test'
import { pageNames } from '#site/pages.ts'
import { languages } from '#content/languages.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'

/** The lifeline pages are not tested here, because they have their own layout. */
const LIFELINE = ['help', 'tell', 'answer', 'send']
const CONTENT = [
  ...pageNames.filter((page) => !LIFELINE.includes(page)),
  'country/ru',
  'country/us',
  'stories/offer',
  'nothing',
]
/** At 150 and 156 % (24 and 25 pixels), a screen of 360 pixels starts to count as narrow. */
const PERCENTS = [100, 125, 150, 156, 178, 200]
/**
 * Returns the page's width if it exceeds the window, and the links in the bar that are not fully
 * visible.
 */
const faultsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) faults.push(`${scrollWidth} wide`)
    for (const link of document.querySelectorAll('nav.bar a')) {
      const { left, right, top, bottom } = link.getBoundingClientRect()
      const isWhole = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight
      if (!isWhole || link.scrollWidth > link.clientWidth) faults.push(link.textContent)
    }
    return faults
  })

for (const lang of languages)
  test(
    `Text of 100 to 200 % fits screens of 320 and 360 pixels in ${lang}`,
    slowUnlessFirst(lang),
    async ({ page }) => {
      test.setTimeout(400_000)
      const cdp = await openTextSession(page)
      for (const name of CONTENT) {
        await page.goto(name === '' ? `/${lang}/` : `/${lang}/${name}/`)
        for (const width of [320, 360]) {
          await page.setViewportSize({ width, height: 640 })
          for (const percent of PERCENTS) {
            await setTextSize(cdp, percent)
            await expect
              .poll(() => faultsOf(page), { message: `${name}: ${percent} % at ${width}` })
              .toEqual([])
          }
        }
      }
    },
  )
