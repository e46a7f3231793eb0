// The reporter's phone: small, in Kyrgyz, and empty-handed.
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { watchTraffic, type Sent } from './traffic.ts'

export { shownReceipt } from '#scripts/browser/report'

export const PHONE = { width: 360, height: 640 }
export const ORIGIN = `http://localhost:${process.env['OASIS_E2E_PORT'] ?? ''}`

export interface Phone {
  context: BrowserContext
  page: Page
  sent: Sent[]
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
