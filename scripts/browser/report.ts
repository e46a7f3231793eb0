// The way of a report through the real screens, as its people go it: told, opened by staff, answered, the answer read.
import { expect, type Locator, type Page } from '@playwright/test'
import { wordsIn, type Language } from './words.ts'

/** The 28 digits that the page shows, without the spaces. */
export async function shownReceipt(page: Page): Promise<string> {
  const shown = await page.locator('#receipt').innerText()
  const digits = shown.replace(/\s/g, '')
  if (!/^\d{28}$/.test(digits)) throw new Error(`not a receipt: ${shown}`)
  return digits
}

/** Where a script asks one question at a time: on to the one that holds `what`. Without a script all are there. */
export async function askedFor(page: Page, lang: Language, what: Locator): Promise<Locator> {
  const next = page.getByRole('button', { name: wordsIn(lang)('tell.next'), exact: true })
  while (!(await what.isVisible())) await next.click()
  return what
}

/** Room for every try of a page whose connection is frozen. */
const ARRIVED_MS = 60_000

/** Answers the questions of the open page `tell`, sends it, and gives the return number. */
export async function fillAndSend(
  page: Page,
  lang: Language,
  text: string,
  avoid: string,
): Promise<string> {
  const words = wordsIn(lang)
  const asked = (what: Locator): Promise<Locator> => askedFor(page, lang, what)
  await page.getByText(words('tell.yes'), { exact: true }).click()
  await expect(page.locator('#numbers')).toBeVisible()
  await (await asked(page.getByLabel(words('tell.door.me')))).check()
  await (await asked(page.getByLabel(words('tell.text')))).fill(text)
  await (await asked(page.getByLabel(words('tell.place')))).fill('Ош')
  await (await asked(page.getByLabel(words('tell.contact.avoid')))).fill(avoid)
  await (await asked(page.getByLabel(words('tell.consent.foundation')))).check()
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: ARRIVED_MS,
  })
  return shownReceipt(page)
}

/** Tells `text` and gives the return number. */
export async function tell(
  page: Page,
  lang: Language,
  text: string,
  avoid = `${text} avoid`,
): Promise<string> {
  await page.goto(`/${lang}/tell/`)
  return fillAndSend(page, lang, text, avoid)
}

/** Types the number on the page `answer` and asks for what was written back. */
export async function readAnswers(page: Page, lang: Language, receipt: string): Promise<void> {
  const words = wordsIn(lang)
  await page.goto(`/${lang}/answer/`)
  await page.getByLabel(words('answer.number')).fill(receipt.replace(/(.{7})/g, '$1 - '))
  await page.getByRole('button', { name: words('answer.read') }).click()
}

/** Opens the newest report in the queue that holds `text`. */
export async function openReport(page: Page, text: string): Promise<void> {
  const words = wordsIn('ky')
  if (await page.locator('.desk.is-reading').count()) await page.keyboard.press('Escape')
  const reloaded = page.waitForResponse(/\/api\/staff\/reports(\?|$)/)
  await page.getByRole('button', { name: words('staff.queue.reload') }).click()
  await (await reloaded).finished()
  const lines = page.locator('.queue ul button.line')
  await expect(lines.first()).toBeVisible()
  for (let at = 0; at < (await lines.count()); at++) {
    await lines.nth(at).click()
    await expect(page.locator('#thread-title, .report .refused').first()).toBeVisible()
    if (await page.locator('.report').getByText(text, { exact: true }).count()) return
    await page.keyboard.press('Escape')
  }
  throw new Error('no report in the queue has this text')
}

/** Answers the report that is open. */
export async function answer(page: Page, text: string): Promise<void> {
  const words = wordsIn('ky')
  await page.getByLabel(words('staff.answer.text')).fill(text)
  await page.getByRole('button', { name: words('staff.answer.send') }).click()
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible()
}
