// Makes a reporter's phone: small, in Kyrgyz, and with empty storage.
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { QUIET } from '#scripts/test/browser'
import { watchTraffic, type Sent } from './traffic.ts'

export { shownReceipt } from '#scripts/browser/report'

export const PHONE = { width: 360, height: 640 }
const port = process.env['OASIS_E2E_PORT'] ?? ''
/** The public site of this lane's server. */
export const ORIGIN = `http://127.0.0.1:${port}`
/** The staff app of this lane's server. */
export const STAFF_ORIGIN = `http://localhost:${port}`

export interface Phone {
  context: BrowserContext
  page: Page
  sent: Sent[]
}

/** Options for a full Chromium, which has a disk cache, a back-forward cache and web push. */
export const WHOLE = { executablePath: process.env['CHROMIUM_PATH'] ?? '', args: QUIET }

/** Launches a browser with a back-forward cache, which phones have and test browsers disable. */
export function launchRemembering(): Promise<Browser> {
  return chromium.launch({ ...WHOLE, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
}

export async function newPhone(browser: Browser, javaScriptEnabled = true): Promise<Phone> {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'ky-KG',
    baseURL: ORIGIN,
    javaScriptEnabled,
  })
  const sent = watchTraffic(context)
  return { context, page: await context.newPage(), sent }
}
