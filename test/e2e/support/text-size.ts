// Sets the browser's font size, as a person with poor eyesight would.
import { type CDPSession, type Page } from '@playwright/test'

const BROWSER_PX = 16

/** Opens the session that setTextSize needs. */
export async function openTextSession(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.enable')
  return cdp
}

/**
 * Sets the size and waits until the page has applied it. An earlier measurement would give the
 * previous size.
 *
 * @param percent  percentage of the browser's default size
 */
export async function setTextSize(cdp: CDPSession, percent: number): Promise<void> {
  const standard = Math.round((BROWSER_PX * percent) / 100)
  await cdp.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } })
  await cdp.send('Runtime.evaluate', { expression: hasSize(standard), awaitPromise: true })
}

/** Returns a script that finishes when the text on a page has this size. */
const hasSize = (pixels: number): string => `new Promise((done) => {
  const letter = document.createElement('i')
  letter.style.fontSize = 'medium'
  document.body.append(letter)
  const look = () => {
    if (getComputedStyle(letter).fontSize !== '${pixels}px') return requestAnimationFrame(look)
    letter.remove()
    done(true)
  }
  look()
})`
