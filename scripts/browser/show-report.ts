// Drives the staff screens: shows the report that contains a text, and replies to it. The document
// contains only the lines near the visible area, so the driver scrolls to each part of the list.
import { expect as usual, type Locator, type Page } from '@playwright/test'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { wordsIn } from './words.ts'

// Measurements run on busy machines and set no timeout of their own, so this file sets one.
const expect = usual.configure({ timeout: 20_000 })

/**
 * The words of each report that this process has opened, keyed by the id of the report's line. A
 * search therefore opens only the reports that are still unknown, instead of every report each
 * time.
 */
const remembered = new Map<string, string>()

/** Opens the report in the list that contains `text`. */
export async function showReport(page: Page, text: string): Promise<void> {
  const words = wordsIn(defaultLanguage)
  await leaveCase(page)
  const reloaded = page.waitForResponse(/\/api\/staff\/reports(\?|$)/)
  await page.getByRole('button', { name: words('staff.queue.reload') }).click()
  await (await reloaded).finished()
  await page
    .locator('.views button')
    // A count follows the label, and another label may contain this one, so the whole text must
    // match.
    .filter({ hasText: new RegExp(`^${words('staff.list.view.all')}\\s*\\d*$`) })
    .click()
  await expect(page.locator('.queue [aria-busy="true"]')).toHaveCount(0)
  const rank = (id: string): number => {
    const known = remembered.get(id)
    return known === undefined ? 1 : known.includes(text) ? 0 : 2
  }
  const lines = await linesOf(page)
  for (const { id, chunk } of lines.toSorted((a, b) => rank(a.id) - rank(b.id))) {
    await revealChunk(page, chunk)
    await page.locator(`[id="${id}"]`).click()
    await expect(page.locator('#thread-title, .report .refused').first()).toBeVisible()
    remembered.set(id, await page.locator('.report').innerText())
    if (await page.locator('.report .thread').getByText(text, { exact: true }).count()) return
    await page.keyboard.press('Escape')
  }
  throw new Error('no report in the list has this text')
}

/**
 * Returns to the list. Escape closes an open menu first, and does not leave the case from a field
 * that contains text.
 */
async function leaveCase(page: Page): Promise<void> {
  const reading = page.locator('.workspace.is-reading')
  // When the app is unlocked, the previous case appears as soon as the list does.
  await expect(page.locator('.workspace')).toBeVisible()
  await expect(async () => {
    if (await reading.count()) {
      await page.locator('#report-title').focus()
      await page.keyboard.press('Escape')
    }
    await expect(reading).toHaveCount(0, { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
}

/**
 * Scrolls to a part of the list, because the document contains only the lines near the visible
 * area.
 */
async function revealChunk(page: Page, at: number): Promise<Locator> {
  const chunk = page.locator('.queue .chunk').nth(at)
  const lines = chunk.locator('button.line')
  // A list that is shown again returns to its last position, which can undo the first scroll.
  await expect(async () => {
    await chunk.evaluate((each) => each.scrollIntoView({ block: 'nearest' }))
    await expect(lines.first()).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  return lines
}

/**
 * Shows every part of the list.
 *
 * @returns the ids of the lines, with each line's part of the list
 */
async function linesOf(page: Page): Promise<{ id: string; chunk: number }[]> {
  await expect(page.locator('.queue button.line').first()).toBeVisible()
  const lines: { id: string; chunk: number }[] = []
  const chunks = await page.locator('.queue .chunk').count()
  for (let chunk = 0; chunk < chunks; chunk++) {
    const shown = await revealChunk(page, chunk)
    const ids = await shown.evaluateAll((all) => all.map(({ id }) => id))
    lines.push(...ids.map((id) => ({ id, chunk })))
  }
  return lines
}

/** Replies to the open report. */
export async function answer(page: Page, text: string): Promise<void> {
  const words = wordsIn(defaultLanguage)
  await page.getByLabel(words('staff.answer.text')).fill(text)
  await page.getByRole('button', { name: words('staff.answer.look') }).click()
  await page.getByRole('button', { name: words('staff.answer.send') }).click()
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible()
}
