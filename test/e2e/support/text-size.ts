// Sets the font setting of the browser, as a person with poor sight does.
import { type CDPSession, type Page } from '@playwright/test'

const BROWSER_PX = 16

/** Opens the session that setTextSize needs. */
export async function openTextSession(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.enable')
  return cdp
}

/** @param percent  of the size that the browser has without a setting */
export async function setTextSize(cdp: CDPSession, percent: number): Promise<void> {
  const standard = Math.round((BROWSER_PX * percent) / 100)
  await cdp.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } })
}
