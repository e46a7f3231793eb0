// Walks through all questions of `tell` in two languages, and remembers every word and answer. A
// test then searches the device for these words. Puppeteer drives Chromium and Firefox alike.
import { expect } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { ORIGIN } from './phone.ts'

const WAIT_MS = 30_000

/** The traces that a page could leave and that a search of the device can find. */
interface Left {
  address: string
  title: string
  /** `window.name`, which another page in the same tab can read */
  name: string
  /** the history entry, as JSON */
  entry: string
  storages: string[]
}

/** The state of a history entry, which may contain only the number of a question. */
const NUMBER_ONLY = /^(null|\d|\{"\w+":\d\})$/

const leftOn = (page: Page): Promise<Left> =>
  page.evaluate(async () => ({
    address: location.href,
    title: document.title,
    name: window.name,
    entry: JSON.stringify(history.state),
    storages: [
      ...Object.entries(localStorage),
      ...Object.entries(sessionStorage),
      ...(await indexedDB.databases()).map((each) => each.name ?? ''),
      ...(await caches.keys()),
      document.cookie,
    ]
      .map(String)
      .filter((each) => each !== ''),
  }))

/** Returns the fields whose text a browser may keep until its next start. */
const keptFields = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input,textarea')
    return (
      [...all]
        .filter(({ type }) => !/^(radio|checkbox|file|password|hidden)$/.test(type))
        .filter((field) => field.autocomplete !== 'off' && field.form?.autocomplete !== 'off')
        .map(({ id, name }) => id || name)
        // The Firefox test adds this field to see that the session was written.
        .filter((name) => name !== 'mark')
    )
  })

/** Expects that the open page leaves only its own address and the number of a question. */
async function expectNothingLeft(page: Page): Promise<void> {
  const { address, name, entry, storages } = await leftOn(page)
  expect(address).toMatch(new RegExp(`^${ORIGIN}/(ky|ru)/tell/(#\\d)?$`))
  expect(entry).toMatch(NUMBER_ONLY)
  expect([name, ...storages]).toEqual([''])
  expect(await keptFields(page)).toEqual([])
}

const isShown = (page: Page, selector: string): Promise<boolean> =>
  page
    .$eval(selector, (element) => element.getClientRects().length > 0)
    // The page in the other language is replacing this page at this moment.
    .catch(() => false)

/** Presses "Next" until the question with this element is shown. */
async function goTo(page: Page, selector: string): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    if (await isShown(page, selector)) return true
    await page.$eval('#next', (next) => (next as HTMLElement).click())
    return isShown(page, selector)
  }
  await expect.poll(isThere, { timeout: WAIT_MS, message: selector }).toBe(true)
  await expectNothingLeft(page)
}

/** Presses the row of an answer, because the box itself may be hidden behind custom styling. */
const choose = (page: Page, selector: string): Promise<void> =>
  page.$eval(selector, (box) => (box as HTMLElement).click())

async function type(page: Page, selector: string, typed: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.type(typed)
}

/** Changes the language of the open page, and goes back to the question for the words. */
async function changeLanguage(page: Page, to: string, written: string): Promise<void> {
  await page.$eval(`header a[lang=${to}]`, (link) => (link as HTMLElement).click())
  const language = (): Promise<string> => page.evaluate(() => document.body.lang)
  await expect.poll(language, { timeout: WAIT_MS }).toBe(to)
  expect(await page.$eval('#text', (field) => (field as HTMLTextAreaElement).value)).toBe(written)
  const isAsked = async (): Promise<boolean> => {
    if (await isShown(page, '#text')) return true
    await page.$eval('#back', (back) => (back as HTMLElement).click())
    return isShown(page, '#text')
  }
  await expect.poll(isAsked, { timeout: WAIT_MS }).toBe(true)
}

interface Walk {
  /** every typed sentence */
  typed: string[]
  /** the 28 digits of the return number */
  digits: string
}

/** The first contact method. The hidden answer before the methods means "not answered". */
const REACH = 'input[name="contact.how"][type=radio]:not([value=""])'
/**
 * The text fields about the contact. A page may show some of them only after a choice, or in a
 * folded section.
 */
const CONTACT = ['how', 'avoid', 'name', 'word']

/**
 * Answers all questions in Kyrgyz, changes to Russian, writes more, answers again and sends.
 *
 * @param mark   digits that no other test types
 * @param pause  called after each part, so that the test can search while the page is open
 */
export async function walkTell(
  page: Page,
  mark: string,
  pause: (typed: string[]) => Promise<void>,
): Promise<Walk> {
  const typed: string[] = []
  const write = (selector: string, sentence: string): Promise<void> => {
    typed.push(sentence)
    return type(page, selector, sentence)
  }
  const answer = async (lang: string): Promise<void> => {
    await goTo(page, '#text')
    await write('#text', `Жашыл кампада ${lang} ${mark}`)
    await goTo(page, 'input[name=signs][value=WithholdsDocuments]')
    await choose(page, 'input[name=signs][value=WithholdsDocuments]')
    await goTo(page, '#place')
    await write('#place', `Ак шаар ${lang} ${mark}`)
    await goTo(page, REACH)
    await choose(page, REACH)
    await page.$$eval('main details', (all) => all.forEach((each) => (each.open = true)))
    let lines = 0
    for (const name of CONTACT) {
      const line = `input[name="contact.${name}"]:not([type=radio]):not([type=checkbox])`
      if (!(await isShown(page, line))) continue
      lines++
      await write(line, `Чала көр ${name} ${lang} ${mark}`)
    }
    expect(lines).toBeGreaterThan(0)
    await goTo(page, 'input[name=consent][value=helpers]')
    await choose(page, 'input[name=consent][value=helpers]')
    await expectNothingLeft(page)
    await pause(typed)
  }

  await page.goto(`${ORIGIN}/ky/tell/`)
  await choose(page, 'input[name=danger][value=yes]')
  await goTo(page, 'input[name=door][value=other]')
  await choose(page, 'input[name=door][value=other]')
  await answer('ky')
  await changeLanguage(page, 'ru', typed[0] ?? '')
  await expectNothingLeft(page)
  await pause(typed)
  await answer('ru')
  await page.$eval('#send', (button) => (button as HTMLElement).click())
  await expect.poll(() => isShown(page, '#done'), { timeout: WAIT_MS }).toBe(true)
  await expectNothingLeft(page)
  const digits = await page.$eval('#receipt', (shown) => shown.textContent.replace(/\s/g, ''))
  expect(digits).toMatch(/^\d{28}$/)
  return { typed, digits }
}
