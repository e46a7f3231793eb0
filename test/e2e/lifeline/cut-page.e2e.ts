// Tests a lifeline page that has arrived only partially. The page either sends nothing or works as
// a form with a notice. The test cuts the page after each packet and loads it over a slow link.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { findCanary } from '../support/canary.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { PHONE } from '../support/phone.ts'
import { packPage, serveCut, type Asked, type CutPage } from '../support/serve-cut.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { leakedIn } from '../support/traffic.ts'

const WORDS = 'Көк дарбаза, 73-үй'
const NUMBER = '1234 5678 9012 3456 7890 1234 5678'
/** Number of page bytes in one packet. */
const PACKET_BYTES = 1400
/** The time after which an incomplete page becomes the form. */
const PATIENCE_MS = 8_000
/** The pause between two presses, long enough for a request to be sent. */
const BETWEEN_MS = 30
/** The maximum time until the last request arrives. */
const ARRIVAL_MS = 300
const AT_ONCE = 4
const SLOW_BYTES_A_SECOND = 20_000 / 8

const NAMES = ['tell', 'answer', 'send'] as const
const NOTICE = '.plain:not(button, small)'

/** Returns true when the page shows the notice about how the words are sent. */
const noticed = (page: Page): Promise<boolean> =>
  page.locator(NOTICE).evaluateAll((notices) => notices.some((notice) => notice.checkVisibility()))

const carries = ({ bytes }: Asked): boolean =>
  findCanary(bytes, [WORDS]).length > 0 || leakedIn(bytes, NUMBER.replace(/ /g, '')).length > 0

/** Returns the forbidden requests: requests that contain words or digits, and form submissions. */
const leaks = (asked: Asked[]): string[] =>
  asked
    .filter((each) => each.path.startsWith('/api/form/') || carries(each))
    .map(({ path, bytes }) => `${path}: ${bytes.toString('utf8').split('} ')[1]}`)

/** Types into every visible field and presses each control once while the notice is hidden. */
const pressAll = (page: Page): Promise<number> =>
  page.evaluate(
    async ([words, number, notice, between]) => {
      const seen = <T extends HTMLElement>(selector: string): T[] =>
        [...document.querySelectorAll<T>(selector)].filter((each) => each.checkVisibility())
      // A link to a telephone number would open the dialler in front of the page.
      const controls =
        'button, summary, a[href^="/"]:not([data-exit]), [type=radio], [type=checkbox]'
      const pressed = new Set<HTMLElement>()
      while (seen(notice).length === 0) {
        for (const field of seen<HTMLInputElement>('textarea, input:not([type])')) {
          field.value = field.inputMode === 'numeric' ? number : words
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
        const next = seen(controls).find((each) => !pressed.has(each))
        if (!next) break
        pressed.add(next)
        next.click()
        // The pause does not depend on the page's clock, which is stopped. During the pause, the
        // browser sends a request that the next press would otherwise replace.
        await scheduler.postTask(() => undefined, { delay: between })
      }
      return pressed.size
    },
    [WORDS, NUMBER, NOTICE, BETWEEN_MS] as const,
  )

/**
 * Presses Enter in the first field, because Enter submits the form if the page's script is missing.
 */
async function pressEnter(page: Page): Promise<void> {
  const field = page.locator('input:not([type]):visible, textarea:visible').first()
  if ((await noticed(page)) || (await field.count()) === 0) return
  await field.press('Enter', NO_WAIT)
}

/** Waits until the page shows all bytes that have arrived. */
async function settle(page: Page): Promise<void> {
  let before = -1
  const isStill = async (): Promise<boolean> => {
    const length = await page.evaluate(() => document.documentElement.outerHTML.length)
    const still = length === before
    before = length
    return still
  }
  await expect.poll(isStill).toBe(true)
}

/**
 * Submits the form for the words or for the number. Returns false if the button has not arrived.
 */
async function sendPlainly(page: Page): Promise<boolean> {
  const field = page.locator('textarea:visible').first()
  if ((await field.count()) === 0) return false
  const send = field.locator('xpath=ancestor::form').locator('button:not([type=button]):visible')
  if ((await send.count()) === 0) return false
  await field.fill((await field.getAttribute('inputmode')) === 'numeric' ? NUMBER : WORDS)
  // The key works even when an expanded part covers the button.
  await send.last().press('Enter', NO_WAIT)
  return true
}

/** Opens a page, and delivers only its first `bytes` bytes. */
async function openCut(page: Page, path: string, bytes: number): Promise<CutPage> {
  const cut = await serveCut(path, bytes)
  await page.goto(cut.address, { waitUntil: 'commit' })
  await settle(page)
  return cut
}

/** Runs `act` on a new phone with a stopped clock, which the test advances. */
async function onStillPhone(browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  context.on('page', (beside) => void beside.close())
  await page.clock.install({ time: 0 })
  // The clock stops an hour ahead, because a busy machine may stall between the two calls.
  await page.clock.pauseAt(3_600_000)
  await act(page)
  await context.close()
}

/** Runs `act` for each cut, on a few phones in parallel. */
async function onEachCut(
  browser: Browser,
  cuts: number[],
  act: (page: Page, bytes: number) => Promise<void>,
): Promise<void> {
  const left = [...cuts]
  const phone = (): Promise<void> =>
    onStillPhone(browser, async (page) => {
      for (let bytes = left.shift(); bytes; bytes = left.shift()) await act(page, bytes)
    })
  await Promise.all(Array.from({ length: AT_ONCE }, phone))
}

for (const lang of languages)
  for (const name of NAMES) {
    const path = `/${lang}/${name}/`

    test(
      `R31: A cut page ${path} sends nothing before it shows its notice or its form`,
      slowUnlessFirst(lang),
      async ({ browser }) => {
        const { body } = await packPage(path)
        const cuts = Array.from(
          { length: Math.ceil(body.length / PACKET_BYTES) - 1 },
          (_, at) => (at + 1) * PACKET_BYTES,
        )
        // In the last cut, only one byte is missing, so the page is complete but the browser still
        // waits.
        cuts.push(body.length - 1)
        let presses = 0
        let sendings = 0
        await onEachCut(browser, cuts, async (page, bytes) => {
          const where = `${path} cut at ${bytes} of ${body.length}`
          const cut = await openCut(page, path, bytes)
          presses += await pressAll(page)
          await pressEnter(page)
          await wait(ARRIVAL_MS)
          expect(leaks(cut.asked), where).toEqual([])
          await page.clock.fastForward(PATIENCE_MS)
          const notices = page.locator(NOTICE)
          if (await notices.count()) await expect(notices.first(), where).toBeVisible()
          if (await sendPlainly(page)) {
            sendings++
            await expect.poll(() => cut.asked.filter(carries).length, where).toBe(1)
          }
          cut.stop()
        })
        expect(presses).toBeGreaterThan(0)
        expect(sendings).toBeGreaterThan(0)
      },
    )
  }

for (const name of NAMES) {
  const path = `/ky/${name}/`

  test(`R31: The page ${path} with a late rest shows its notice and leaks no word after`, async ({
    browser,
  }) => {
    const { body } = await packPage(path)
    await onStillPhone(browser, async (page) => {
      const cut = await openCut(page, path, body.length - PACKET_BYTES)
      await page.clock.fastForward(PATIENCE_MS)
      await expect(page.locator(NOTICE).first()).toBeVisible()
      cut.release()
      await page.waitForLoadState()
      await pressAll(page)
      await pressEnter(page)
      await wait(ARRIVAL_MS)
      expect(leaks(cut.asked)).toEqual([])
      cut.stop()
    })
  })

  test(`R31: The page ${path} at 20 kbit/s sends no word and no digit unsealed`, async ({
    context,
    page,
  }) => {
    const cut = await serveCut(path)
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: SLOW_BYTES_A_SECOND,
      uploadThroughput: SLOW_BYTES_A_SECOND,
    })
    await page.goto(cut.address, { waitUntil: 'commit' })
    const isLoading = (): Promise<boolean> => page.evaluate(() => document.readyState === 'loading')
    let early = 0
    while (await isLoading()) early += await pressAll(page)
    expect(early).toBeGreaterThan(0)
    await pressAll(page)
    await pressEnter(page)
    await wait(ARRIVAL_MS)
    expect(leaks(cut.asked)).toEqual([])
    cut.stop()
  })
}
