// Finds the parts of the `tell` page, writes words and sends a report.
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { PAUSES } from '#site/lifeline/reporting/send-report.ts'
import type { Phone } from './phone.ts'
import { runFaster } from './run-faster.ts'
import { wordsIn } from './words.ts'

export const WORDS = 'Көк капкалуу үйдө кармап турушат 5126'
export const words = wordsIn('ky')

export const text = (page: Page) => page.getByLabel(words('tell.text'))
export const send = (page: Page) =>
  page.getByRole('button', { name: words('tell.send'), exact: true })
export const problem = (page: Page) => page.locator('#error')
/**
 * The choices after a failure: the retry, the form, and, if "Yes" is chosen, the numbers to call.
 */
export const ways = (page: Page) => page.locator('#ways')

/**
 * Opens the numbers from the bar, expects them to be visible, and closes them with the keyboard.
 */
export async function expectNumbers(page: Page): Promise<void> {
  await page.locator('#numbers').click()
  await expect(page.locator('#panel a[href="tel:103"]')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('#panel')).toBeHidden()
  await expect(page.locator('#numbers')).toBeFocused()
}

/**
 * Shortens the waiting times on pages that a phone opens later; by default, only the pauses between
 * attempts.
 */
export const shorten = (context: BrowserContext, only = PAUSES): Promise<unknown> =>
  context.addInitScript(runFaster, { faster: 20, only })

export async function writeOn({ page }: Phone, writing = WORDS): Promise<void> {
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', text(page))).fill(writing)
}

export async function tellOn(phone: Phone, writing = WORDS): Promise<void> {
  await writeOn(phone, writing)
  await send(phone.page).click()
}
