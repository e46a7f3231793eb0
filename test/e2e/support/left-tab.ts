// Checks that an abandoned tab does not show anything from the site.
import { expect, type Page } from '@playwright/test'
import { ORIGIN } from './phone.ts'

/** The time limit for a tab to become empty. */
const PROMISED_MS = 1_000

/**
 * Returns the title and the text of the site that a tab shows. For a tab on another site, the
 * result is empty.
 */
export async function shownOfOurs(page: Page): Promise<string> {
  if (!page.url().startsWith(ORIGIN)) return ''
  const text = await page.evaluate(() => document.title + document.documentElement.innerText)
  return text.trim()
}

export const expectNothing = (page: Page, message: string): Promise<void> =>
  expect
    .poll(() => shownOfOurs(page).catch(() => 'on its way'), {
      message,
      timeout: PROMISED_MS,
      intervals: [50],
    })
    .toBe('')

/** Follows a link to a page of the site. */
export const follow = async (page: Page, path: string): Promise<void> => {
  await page.locator(`a[href="${path}"]:visible`).first().click()
  await expect(page).toHaveURL(ORIGIN + path)
}
