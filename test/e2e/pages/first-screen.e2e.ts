// Tests the first screen of a small phone in a wide font. The first screen of `help` shows a
// complete number to call; the first screen of `tell` shows a complete question.
import { test, type Page } from '@playwright/test'
import { contacts } from '#content/published.ts'
import { languages } from '#content/languages.ts'
import { expectOneWhole, expectWhole } from '../support/screen.ts'
import { slowUnlessFirst } from '../support/soak.ts'

const SCREENS = [
  { width: 360, height: 640 },
  { width: 320, height: 568 },
]
const COUNTRIES = [...new Set(contacts.map(({ country }) => country))]

/** Replaces the font with the widest font that phones and desktops have. */
async function widen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { font-family: "DejaVu Sans", Verdana, sans-serif !important }')
    document.adoptedStyleSheets = [sheet]
  })
}

for (const lang of languages)
  for (const viewport of SCREENS) {
    const size = `${viewport.width} × ${viewport.height}`

    test(
      `Help in ${lang} shows a whole number at once on ${size} for every country`,
      slowUnlessFirst(lang),
      async ({ page }) => {
        await page.setViewportSize(viewport)
        await page.goto(`/${lang}/help/`)
        await widen(page)
        await expectOneWhole(page.locator('main a[href^="tel:"]:visible'), 'no country chosen')
        for (const country of COUNTRIES) {
          // Another page is opened first, so that the help page loads anew. A link in a chat or on
          // a poster also loads that page, with the country in the address.
          await page.goto('about:blank')
          await page.goto(`/${lang}/help/#${country}`)
          await widen(page)
          await page.evaluate(() => {
            location.hash = location.hash
          })
          await expectOneWhole(page.locator(`#${country} a[href^="tel:"]:visible`), country)
        }
      },
    )

    test(
      `The page of Russia in ${lang} warns of the police at the number for danger on ${size}`,
      slowUnlessFirst(lang),
      async ({ page }) => {
        await page.setViewportSize(viewport)
        for (const address of [`/${lang}/country/ru/`, `/${lang}/help/#RU`]) {
          await page.goto('about:blank')
          await page.goto(address)
          const pair = page.locator(address.endsWith('#RU') ? '#RU .pair' : '.pair')
          await expectWhole(pair.locator('.now'), `the number for danger, ${address}`)
          await expectWhole(pair.locator('p'), `the warning, ${address}`)
        }
      },
    )

    test(
      `Relatives and officials in ${lang} see their first steps at once on ${size}`,
      slowUnlessFirst(lang),
      async ({ page }) => {
        await page.setViewportSize(viewport)
        for (const [name, rows] of [
          ['family', ['tel:+996999312002', `/${lang}/tell/`]],
          ['professionals', ['tel:102', `/${lang}/tell/`]],
        ] as const) {
          await page.goto(`/${lang}/${name}/`)
          for (const row of rows)
            await expectWhole(page.locator(`.first-steps a[href="${row}"]`), `${name}: ${row}`)
          if (viewport.width < 360) continue
          const last = page.locator('.first-steps .doors > :last-child')
          await expectWhole(last, `${name}: the last row`)
          for (const link of await page.locator('.first-steps > p > a').all())
            await expectWhole(link, `${name}: ${await link.innerText()}`)
        }
      },
    )

    test(
      `Tell in ${lang} shows its first question and "Next" at once on ${size}`,
      slowUnlessFirst(lang),
      async ({ page }) => {
        await page.setViewportSize(viewport)
        await page.goto(`/${lang}/tell/`)
        await widen(page)
        const step = page.locator('.step').first()
        await expectWhole(step.locator('legend'), 'the question')
        for (const answer of await step.locator('label:visible').all())
          await expectWhole(answer, `the answer ${await answer.innerText()}`)
        await expectWhole(page.locator('#next'), 'Next')
      },
    )
  }
