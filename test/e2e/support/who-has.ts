// Reads, in a colleague's browser, the name of the colleague who has a case. Looks at the alert
// line, at the case's line in the list, and at the head of an open case.
import { expect, type Locator, type Page } from '@playwright/test'
import { buttonOf, words } from './team.ts'

export interface Shown {
  /** name of the colleague who has the case; null when no colleague has it */
  holder: string | null
  /** true for a case that was given to the holder, who has not taken it yet */
  isGiven: boolean
  status: 'new' | 'in_progress' | 'closed'
  /** `open`, `none`, or the name of the colleague who took the alert */
  alert: string
}

/** Makes the app poll for changes, as it does when a person returns to the tab. */
export const wake = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'))
    dispatchEvent(new Event('online'))
  })

/**
 * Expects that the page shows these facts about a case after the newest changes are shown.
 *
 * @param me    name of the colleague who uses this page
 * @param line  the line of the case in the list
 */
export async function shows(page: Page, me: string, line: Locator, shown: Shown): Promise<void> {
  const { holder, isGiven, status } = shown
  const given = words('staff.line.given', { name: holder ?? '' })
  const inLine = isGiven ? given : (holder ?? words('staff.list.holder.nobody'))
  const inHead = isGiven ? given : holder === me ? words('staff.assign.me') : holder
  const soon = { timeout: 2_000 }
  await expect(async () => {
    await lookAgain(page)
    await expect(line.locator('.line-holder')).toHaveText(inLine, soon)
    await expect(line).toHaveClass(new RegExp(`\\bis-${status}\\b`), soon)
    if ((await line.getAttribute('aria-current')) === 'true') {
      const facts = page.locator('.case-head .head-line').nth(1)
      await expect(facts).toContainText(words(`staff.status.${status}`), soon)
      await expect(facts).toContainText(inHead ?? words('staff.assign.nobody'), soon)
    }
    await showsAlert(page, shown.alert)
  }).toPass({ timeout: 60_000 })
}

/** Presses the buttons that load new changes, if they are visible. */
export async function lookAgain(page: Page): Promise<void> {
  await wake(page)
  for (const key of ['staff.news.show', 'staff.queue.reload']) {
    const button = buttonOf(page, key).first()
    if (await button.isVisible()) await button.click()
  }
}

async function showsAlert(page: Page, alert: string): Promise<void> {
  const open = page.getByRole('alert').and(page.locator('.alert'))
  const taken = page.locator('.alert-taken')
  const soon = { timeout: 2_000 }
  if (alert === 'open') await expect(open).toContainText(words('staff.danger'), soon)
  else await expect(open).toBeEmpty(soon)
  if (alert === 'open' || alert === 'none') await expect(taken).toBeEmpty(soon)
  else await expect(taken).toContainText(alert, soon)
}
