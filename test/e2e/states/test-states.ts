// Tests the states of pages: each state is reached once, and then checked at every width, text size
// and font. `npm test` uses a sample of the sizes, and `npm run soak` uses all sizes.
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type { Language } from '#content/languages.ts'
import { newPhone } from '../support/phone.ts'
import { sampleOf, SAMPLED, SLOW } from '../support/soak.ts'
import { shorten } from '../support/tell.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'
import { wordsIn } from '../support/words.ts'
import { findFaults, type Rules } from './find-faults.ts'
import { FONTS, loadFonts, useFont, type Font } from './fonts.ts'

export interface Visit {
  page: Page
  context: BrowserContext
  lang: Language
  words: ReturnType<typeof wordsIn>
  /** opens a page of the site, given its address without the language */
  open: (address: string) => Promise<void>
}

export interface State {
  name: string
  /** goes from a fresh browser to the state */
  reach: (visit: Visit) => Promise<void>
  javaScript?: false
  /** the number of call rows that are fully visible on a phone's first screen */
  calls?: number
  /** true when the first screen of a typical phone also shows the main button */
  isButtonFirst?: true
}

const LANGUAGES: readonly Language[] = ['ky', 'ru']
const SCREENS = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 1280, height: 800 },
]
const USUAL_PERCENT = 100
/** Text of 24 and 25 pixels is among the sizes, because a style rule changes there. */
const PERCENTS = [USUAL_PERCENT, 150, 156, 169, 200]
const LEAST_USUAL_PHONE = 360

interface Size {
  screen: (typeof SCREENS)[number]
  percent: number
  font: Font
}

const size = (screen: number, percent: number, font: Font): Size => ({
  screen: SCREENS[screen] ?? { width: 320, height: 568 },
  percent,
  font,
})
/** The sizes that reveal the most faults. */
const FIRST = [
  size(0, 100, 'wide'),
  size(1, 150, 'wide'),
  size(2, 100, 'narrow'),
  size(0, 200, 'narrow'),
]
const isFirst = (each: Size): boolean =>
  FIRST.some((one) => JSON.stringify(one) === JSON.stringify(each))
const SIZES = [
  ...FIRST,
  ...SCREENS.flatMap((screen) =>
    FONTS.flatMap((font) => PERCENTS.map((percent) => ({ screen, percent, font }))),
  ).filter((each) => !isFirst(each)),
]

/** Waits until this width and this text size take effect. */
async function settle(page: Page, { screen, percent }: Size): Promise<void> {
  const seen = (): Promise<string> =>
    page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('p'))
      probe.style.fontSize = 'medium'
      const { fontSize } = getComputedStyle(probe)
      probe.remove()
      return `${String(innerWidth)} px, text of ${fontSize}`
    })
  const pixels = Math.round((16 * percent) / USUAL_PERCENT)
  await expect.poll(seen).toBe(`${String(screen.width)} px, text of ${String(pixels)}px`)
}

async function faultsOf(page: Page, rules: Rules): Promise<string[]> {
  const faults = await page.evaluate(findFaults, rules)
  if (faults.length === 0) return []
  // A fault counts only if it persists, because a page may still move after a change of size.
  const again = await page.evaluate(findFaults, rules)
  return faults.filter((fault) => again.includes(fault))
}

/** Checks the open state at each size. @returns a line for each fault */
async function lookOver(page: Page, { calls = 0, isButtonFirst }: State): Promise<string[]> {
  const sizes = SIZES.slice(0, sampleOf(FIRST.length, SIZES.length))
  await loadFonts(page, [...new Set(sizes.map(({ font }) => font))])
  const cdp = await openTextSession(page)
  const faults: string[] = []
  for (const each of sizes) {
    const { screen, percent, font } = each
    await page.setViewportSize(screen)
    await setTextSize(cdp, percent)
    await useFont(page, font)
    await settle(page, each)
    const found = await faultsOf(page, {
      isUsualText: percent === USUAL_PERCENT,
      isPhone: screen.width < 600,
      calls,
      isButtonFirst: isButtonFirst === true && screen.width >= LEAST_USUAL_PHONE,
    })
    const where = `${String(screen.width)} px, ${String(percent)} %, ${font} font`
    faults.push(...found.map((fault) => `${where}: ${fault}`))
  }
  return faults
}

async function visit(browser: Browser, lang: Language, state: State): Promise<string[]> {
  const { page, context } = await newPhone(browser, state.javaScript)
  await shorten(context)
  await state.reach({
    page,
    context,
    lang,
    words: wordsIn(lang),
    open: async (address) => {
      await page.goto(`/${lang}/${address}`)
    },
  })
  const faults = await lookOver(page, state)
  await context.close()
  return faults
}

/** Defines a test for each state in each language. */
export function testStates(states: readonly State[]): void {
  for (const lang of LANGUAGES)
    for (const state of states)
      test(
        `${state.name} in ${lang}: nothing is cut off, covered, broken or too small`,
        lang === LANGUAGES[0] ? SAMPLED : SLOW,
        async ({ browser }) => {
          test.setTimeout(300_000)
          expect(await visit(browser, lang, state)).toEqual([])
        },
      )
}
