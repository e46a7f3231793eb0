// Writes notes in the case that a page shows, and checks what the page shows afterwards.
import { expect, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { buttonOf, isInWorkspace, words } from './team.ts'

/** Loads the app again and unlocks it. */
export async function enterAgain(page: Page): Promise<void> {
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
}

/** Shows a report, and waits until its letter is in the case. */
export async function showTaken(page: Page, text: string): Promise<void> {
  await showReport(page, text)
  const line = await page.locator('.line[aria-current]').getAttribute('id')
  const path = `/api/staff/reports/${(line ?? '').slice('line-'.length)}`
  const fetchCase = (): Promise<unknown> =>
    page.evaluate(async (from): Promise<unknown> => (await fetch(from)).json(), path)
  const countTaken = async (): Promise<number> => StoredCase.parse(await fetchCase()).taken.length
  await expect.poll(countTaken).toBeGreaterThan(0)
}

export const saveNote = (page: Page): Promise<void> => buttonOf(page, 'staff.notes.save').click()

export async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByLabel(words('staff.notes.text')).fill(text)
  await saveNote(page)
}

export const isNoted = (page: Page, text: string): Promise<void> =>
  expect(page.locator('.notes').getByText(text)).toBeVisible()

/** Expects that the page has refused to save a note but keeps its words. */
export async function keepsNote(page: Page, code: string, text: string): Promise<void> {
  await isRefused(page, code)
  await expect(page.getByLabel(words('staff.notes.text'))).toHaveValue(text)
}

export const isRefused = (page: Page, code: string): Promise<void> =>
  expect(page.locator('.report').getByText(words(`staff.error.${code}`))).toBeVisible()

/** Expects that the reloaded app shows these words in a case, without a mark of doubt. */
export async function isStored(page: Page, report: string, text: string): Promise<void> {
  await enterAgain(page)
  await showReport(page, report)
  // A line that only a printout shows may contain the same words.
  const shown = page.locator('.report').getByText(text).filter({ visible: true })
  await expect(shown.first()).toBeVisible()
  await expect(page.locator('.report .doubt')).toHaveCount(0)
}

/** Closes an open case. An Escape may first leave only a field or a form. */
export async function closeCase(page: Page): Promise<void> {
  const reading = page.locator('.workspace.is-reading')
  await expect(async () => {
    if ((await reading.count()) > 0) await page.keyboard.press('Escape')
    await expect(reading).toHaveCount(0, { timeout: 1_000 })
  }).toPass()
}
