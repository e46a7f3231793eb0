// Counts the taps from home to the part meant for each of five readers, on a small phone. The
// readers are a donor, an official, a teacher, a person who has returned and a journalist.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { languages, type Language } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { ORIGIN, PHONE } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

/**
 * Taps a visible link. Returns the heading that the link leads to, or null if the link leads to a
 * page.
 */
type Tap = (page: Page, lang: Language) => Promise<string | null>

const MOST_TAPS = 2

const toPage =
  (name: string): Tap =>
  async (page, lang) => {
    await page
      .locator(`main a[href="${pathOf(lang, name)}"]:visible`)
      .first()
      .tap()
    await expect(page).toHaveURL(pathOf(lang, name))
    return null
  }

/** Taps the link at this position among the links below the first steps. */
const toSection =
  (at: number): Tap =>
  async (page) => {
    const link = page.locator('.first-steps > p > a').nth(at)
    const name = await link.innerText()
    await link.tap()
    await expect(page.getByRole('heading', { name, exact: true })).toBeInViewport()
    return name
  }

/** The taps of each reader, and the page whose link the reader is looking for. */
const READERS: Readonly<Record<string, { taps: readonly Tap[]; finds: string }>> = {
  'A donor': { taps: [toPage('about')], finds: 'tell' },
  'An official': { taps: [toPage('professionals')], finds: 'training' },
  'A teacher': { taps: [toPage('professionals'), toSection(0)], finds: 'print' },
  'A person who came back': { taps: [toPage('after-return')], finds: 'tell' },
  'A journalist': { taps: [toPage('professionals'), toSection(1)], finds: 'tell' },
}

async function onPhone(browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    baseURL: ORIGIN,
  })
  await act(await context.newPage())
  await context.close()
}

for (const lang of languages)
  for (const [who, { taps, finds }] of Object.entries(READERS))
    test(`${who} in ${lang} needs at most ${MOST_TAPS} taps from home`, async ({ browser }) => {
      await onPhone(browser, async (page) => {
        expect(taps.length).toBeLessThanOrEqual(MOST_TAPS)
        await page.goto(pathOf(lang, ''))
        // The home page describes the Foundation's work in one sentence.
        await expect(page.getByText(wordsIn(lang)('home.about'), { exact: true })).toBeVisible()
        let section: string | null = null
        for (const tap of taps) section = await tap(page, lang)
        const after =
          section === null ? '' : `xpath=//h2[.="${section}"]/following-sibling::p[1]//a`
        const links = after === '' ? page.locator('main a') : page.locator(after)
        const wanted = links.and(page.locator(`[href="${pathOf(lang, finds)}"]:visible`)).first()
        await expect(wanted).toBeVisible()
        if (section !== null) await expect(wanted).toBeInViewport()
      })
    })
