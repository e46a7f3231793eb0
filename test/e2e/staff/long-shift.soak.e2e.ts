// Tests a tab of the staff app that stays open for an eight-hour shift past midnight. Polls do not
// leak memory, the day changes, an idle tab locks, and the session ends. Each time, the list is
// current and a half-written reply is still there.
import { join } from 'node:path'
import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { localMs } from '#content/clock.ts'
import { DAY_MS } from '#protocol/limits'
import { SESSION_HOURS } from '#protocol/staff/people/sign-in'
import { showReport } from '#scripts/browser/show-report'
import { serve, type Served } from '#scripts/local/serve'
import { testDir, testDist, testWorkers } from '#scripts/shared/paths'
import { countInHeap } from '../support/heap.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, isInWorkspace, makeTeam, openScreen, words, type Team } from '../support/team.ts'

// Each test continues with the same shift, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const EARLIER = 'Мурдагы сменада келген кат 8204'
const WORDS = 'Кечки сменада иштетишет, айлыгын бербейт 8201'
const LATER = 'Түн ичинде келген кат 8203'
const DRAFT = 'Бул жооп али бүтө элек 8202'
const POLL_MS = 45_000
const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000]
/** The number of polls in half a shift. */
const POLLS = (4 * HOUR_MS) / POLL_MS
/** The number of polls that fill caches before the test counts objects in the heap. */
const FIRST_POLLS = 40
const BEGINS_AT = 20 * HOUR_MS

/**
 * The time until the shift begins. The shift cannot begin in the past, because the server's clock
 * can only be moved ahead.
 */
const begin = (DAY_MS + BEGINS_AT - (localMs(Date.now()) % DAY_MS)) % DAY_MS
const state = join(testDir, 'long-shift')

let team: Team
let server: Served
let aigul: Page
let session: CDPSession
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'long-shift')
  ;({ server, aigul } = team)
  session = await aigul.context().newCDPSession(aigul)
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Bishkek' })
  await sendSealedReport({ text: EARLIER }, [], server.origin, { danger: false })
  await openScreen(aigul, 'staff.screen.reports')
})
test.afterAll(async () => {
  await server.stop()
  await team.stop()
})

/** Restarts the server with a clock that is this far ahead. */
async function serveAt(aheadMs: number): Promise<void> {
  const port = Number(new URL(server.origin).port)
  await server.stop()
  server = await serve({ state, dist: testDist, port, aheadMs, bundled: testWorkers })
}

/** Wakes the tab repeatedly, and the tab polls each time. */
const pollNow = (times: number): Promise<void> =>
  aigul.evaluate(async (times) => {
    const request = globalThis.fetch
    for (let n = 0; n < times; n++) {
      await new Promise<void>((done) => {
        globalThis.fetch = async (...args) => {
          const response = await request(...args)
          if (response.url.includes('/counts')) setTimeout(done, 50)
          return response
        }
        document.dispatchEvent(new Event('visibilitychange'))
      })
    }
    globalThis.fetch = request
    performance.clearResourceTimings()
  }, times)

const line = () => aigul.locator('.queue .line').filter({ hasText: WORDS })
const reply = () => aigul.getByLabel(words('staff.answer.text'))

test('Half a shift of polls leaves nothing in memory', async () => {
  test.setTimeout(300_000)
  await showReport(aigul, EARLIER)
  await reply().fill(DRAFT)
  await pollNow(FIRST_POLLS)
  const before = await countInHeap(session)
  await pollNow(POLLS)
  expect((await countInHeap(session)) - before).toBeLessThan(POLLS / 2)
  await expect(reply()).toHaveValue(DRAFT)
})

test('The day of a line changes at midnight', async () => {
  await serveAt(begin)
  await sendSealedReport({ text: WORDS }, [], server.origin, { danger: false })
  await aigul.clock.install({ time: Date.now() + begin })
  // The shift begins with a new session, even if the earlier session has not ended by then.
  await aigul.context().clearCookies()
  await aigul.goto('/staff/')
  await buttonOf(aigul, 'staff.signin.go').click()
  await isInWorkspace(aigul)
  await showReport(aigul, WORDS)
  await reply().fill(DRAFT)
  await expect(line()).toContainText(words('staff.list.since.today'))
  for (let n = 0; n < (4.5 * HOUR_MS) / POLL_MS; n++) {
    const polled = aigul.waitForResponse('**/api/staff/counts*')
    await aigul.clock.runFor(POLL_MS)
    await (await polled).finished()
    await aigul.keyboard.press('Shift')
  }
  await expect(line()).toContainText(words('staff.list.since.last_day'))
  await expect(reply()).toHaveValue(DRAFT)
})

test('An idle tab locks, and unlocks with the case, the draft and what is new', async () => {
  await sendSealedReport({ text: LATER }, [], server.origin, { danger: false })
  await aigul.clock.runFor(11 * MINUTE_MS)
  await expect(buttonOf(aigul, 'staff.locked.passkey')).toBeVisible()
  await expect(aigul).toHaveTitle(`(1) ${words('staff.title')}`)
  await buttonOf(aigul, 'staff.locked.passkey').click()
  await isInWorkspace(aigul)
  await expect(reply()).toHaveValue(DRAFT)
  await expect(aigul.locator('.queue .line').filter({ hasText: LATER })).toBeVisible()
})

test('A session that ends says so, and the next one has the draft', async () => {
  await serveAt(begin + SESSION_HOURS * HOUR_MS + MINUTE_MS)
  await aigul.clock.runFor(POLL_MS)
  await expect(aigul.getByText(words('staff.error.signed_out'))).toBeVisible()
  await buttonOf(aigul, 'staff.signin.go').click()
  await isInWorkspace(aigul)
  await expect(reply()).toHaveValue(DRAFT)
  await buttonOf(aigul, 'staff.answer.look').click()
  await buttonOf(aigul, 'staff.answer.send').click()
  await expect(aigul.locator('.from-us').getByText(DRAFT)).toBeVisible()
})
