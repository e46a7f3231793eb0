// Drives this machine's Firefox with puppeteer-core over WebDriver BiDi.
import { launch } from 'puppeteer-core'
import { placeOf, type ClientKind } from '#scripts/lab/clients/client'
import { findFirefox } from '#scripts/test/firefox'

export const firefox: ClientKind = {
  name: 'Firefox',
  start: async () => {
    const executablePath = findFirefox()
    if (!executablePath) return 'no Firefox is installed'
    const browser = await launch({ browser: 'firefox', executablePath, headless: true })
    const page = await browser.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    return {
      open: async (url) => {
        await page.goto(url)
      },
      ask: (expression) => page.evaluate(expression) as Promise<never>,
      press: async (selector) => {
        await page.evaluate(placeOf(selector))
        await page.click(selector)
      },
      type: (selector, text) => page.type(selector, text),
      choose: async (selector, file) => {
        const field = await page.$(selector)
        await (field as { uploadFile: (...files: string[]) => Promise<void> }).uploadFile(file)
      },
      close: () => browser.close(),
    }
  },
}
