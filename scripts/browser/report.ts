// Drives a reporter's pages: sends a report, requests the replies and writes a follow-up.
import { expect as usual, type Locator, type Page } from '@playwright/test'
import type { WholeLanguage } from '#content/languages.ts'
import { wordsIn } from './words.ts'

// Measurements run on busy machines and set no timeout of their own, so this file sets one.
const expect = usual.configure({ timeout: 20_000 })

/** Returns the 28 digits that the page shows, without the spaces. */
export async function shownReceipt(page: Page): Promise<string> {
  const shown = await page.locator('#receipt').innerText()
  const digits = shown.replace(/\s/g, '')
  if (!/^\d{28}$/.test(digits)) throw new Error(`not a receipt: ${shown}`)
  return digits
}

/**
 * Moves on to the question that contains `what`. Without a script, the page shows all questions.
 */
export async function askedFor(page: Page, _: WholeLanguage, what: Locator): Promise<Locator> {
  const count = page.locator('#count')
  while (!(await what.isVisible())) {
    const before = await count.innerText()
    await page.locator('#next').click()
    // The page fetches the later questions over the network.
    await expect(count).not.toHaveText(before)
  }
  return what
}

/** A wait that is long enough for all of a page's retries on a frozen connection. */
const ARRIVED_MS = 60_000

/** Answers the questions of the open `tell` page, sends the report, and returns the receipt. */
export async function fillAndSend(
  page: Page,
  lang: WholeLanguage,
  text: string,
  avoid: string,
): Promise<string> {
  const words = wordsIn(lang)
  const asked = (what: Locator): Promise<Locator> => askedFor(page, lang, what)
  await page.locator('label[for=yes]').click()
  await expect(page.locator('form .now')).toBeVisible()
  await (await asked(page.getByLabel(words('tell.door.me')))).check()
  await (await asked(page.getByLabel(words('tell.text')))).fill(text)
  await (await asked(page.getByLabel(words('more.place')))).fill('Ош')
  await (await asked(page.getByLabel(words('more.contact.phone'), { exact: true }))).check()
  // Only the form without a script shows all fields at once.
  const fold = page.getByText(words('more.contact.fold'), { exact: true })
  if (await fold.isVisible()) await fold.click()
  await page.getByLabel(words('more.contact.more')).fill(avoid)
  await (await asked(page.getByLabel(words('more.consent.foundation')))).check()
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: ARRIVED_MS,
  })
  return shownReceipt(page)
}

/** Sends `text` as a report and returns the receipt. */
export async function tell(
  page: Page,
  lang: WholeLanguage,
  text: string,
  avoid = `${text} avoid`,
): Promise<string> {
  await page.goto(`/${lang}/tell/`)
  // Without a script, all questions are on a separate page.
  if (!(await page.locator('html.js').count())) await page.goto(`/${lang}/tell/form/`)
  return fillAndSend(page, lang, text, avoid)
}

/**
 * Answers the three questions that `tell` shows without a script, sends the report, and returns the
 * receipt.
 */
export async function tellPlainly(page: Page, lang: WholeLanguage, text: string): Promise<string> {
  const words = wordsIn(lang)
  await page.goto(`/${lang}/tell/`)
  await page.locator('label[for=yes]').click()
  await page.getByLabel(words('tell.door.me')).check()
  await page.getByLabel(words('tell.text')).fill(text)
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: ARRIVED_MS,
  })
  return shownReceipt(page)
}

/** The maximum time that a page needs to return to its first question. */
const WENT_BACK_MS = 5_000

/**
 * Waits until the `tell` page has returned to its first question, as it does after a report has
 * arrived. The browser cancels a navigation that starts before then.
 */
async function wentBack(page: Page): Promise<void> {
  if ((await page.locator('html.js').count()) === 0) return
  const isFirst = (): boolean => !history.state
  await page.waitForFunction(isFirst, null, { timeout: WENT_BACK_MS }).catch(() => null)
}

/** Types the receipt into the page `answer` and requests the replies. */
export async function askForReplies(
  page: Page,
  lang: WholeLanguage,
  receipt: string,
): Promise<void> {
  const words = wordsIn(lang)
  await wentBack(page)
  await page.goto(`/${lang}/answer/`)
  await page.getByLabel(words('answer.number')).fill(receipt.replace(/(.{7})/g, '$1 - '))
  await page.getByRole('button', { name: words('answer.read') }).click()
}

/** Sends a follow-up to the report that this receipt belongs to. */
export async function writeFollowUp(
  page: Page,
  lang: WholeLanguage,
  receipt: string,
  text: string,
): Promise<void> {
  const words = wordsIn(lang)
  await askForReplies(page, lang, receipt)
  await page.getByLabel(words('answer.again')).fill(text)
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByText(words('answer.written'))).toBeVisible({ timeout: ARRIVED_MS })
}
