// Simulates browsers without X-Wing, and checks a report's suite in the staff app.
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { words } from './tell.ts'

/** Runs in a page. Removes X-Wing, as in an older browser. */
export function deleteXWing(): void {
  for (const name of ['encapsulateBits', 'decapsulateBits', 'getPublicKey'])
    Reflect.deleteProperty(SubtleCrypto.prototype, name)
  Reflect.deleteProperty(SubtleCrypto, 'supports')
}

/** Removes X-Wing from the pages that a context opens later. */
export const withoutXWing = (context: BrowserContext) => context.addInitScript(deleteXWing)

/** Shows the report with these words, and expects the app to show its suite. */
export async function expectRead(page: Page, writing: string, suite: 1 | 2): Promise<void> {
  await showReport(page, writing)
  const report = page.locator('.report')
  await report.getByText(words('staff.report.about')).click()
  await expect(report.getByText(words(`staff.suite.${suite}`))).toBeVisible()
}
