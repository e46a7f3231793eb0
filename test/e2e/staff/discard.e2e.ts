// Tests the staff's work during a flood. A colleague reads the waiting reports, takes one report in
// and discards many. Another colleague withdraws the discard. The server has its own state, with
// reports that arrived yesterday.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, type Page } from '@playwright/test'
import { tell } from '#scripts/browser/report'
import { addAuthenticator, joinByInvitation } from '#scripts/browser/staff'
import { fileOfDatabase } from '#scripts/shared/database'
import { testDir, testDist, testOrgDir, testWorkers } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve, type Served } from '#scripts/local/serve'
import { clockOf } from '#scripts/start/running'
import { copyTestDatabase } from '#scripts/test/database'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { firstInvitation } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const HOUR_MS = 3_600_000
/**
 * Moves each report in D1 to the previous day, because a discard does not cover today's reports.
 */
const CAME_YESTERDAY = `CREATE TRIGGER came_yesterday AFTER INSERT ON reports BEGIN
  UPDATE reports SET received_day = date('now', '-1 day') WHERE id = new.id; END;`

// The tests share one server and need the reports from the earlier tests, so they run in order.
test.describe.configure({ mode: 'serial' })

let server: Served
let staff: Page
test.beforeAll(async ({ browser }) => {
  const state = join(testDir, 'discard')
  copyTestDatabase(state)
  const database = new DatabaseSync(fileOfDatabase(state) ?? '')
  database.exec(CAME_YESTERDAY)
  database.close()
  server = await serve({
    state,
    dist: testDist,
    bundled: testWorkers,
    port: await anyPort(),
    vars: { FLOOD_MODE: 'on' },
    orgDir: testOrgDir,
  })
  const context = await browser.newContext({ baseURL: server.staffOrigin, locale: 'ky-KG' })
  staff = await context.newPage()
  await addAuthenticator(staff)
})
test.afterAll(async () => {
  await staff.context().close()
  await server.stop()
})

const button = (key: string, fill: Record<string, string> = {}) =>
  staff.getByRole('button', { name: words(key, fill), exact: true })

/** Sends a form without JavaScript, as a flooder would. */
async function sendJunk(text: string): Promise<void> {
  const answer = await fetch(`${server.origin}/api/form/ky`, {
    method: 'POST',
    body: new URLSearchParams({ text }),
  })
  expect(answer.status).toBe(201)
}

async function openScreen(key: string): Promise<void> {
  await staff.getByText(words('staff.menu'), { exact: true }).click()
  await button(key).click()
}

/** Checks the screen on a phone and a desktop, light and dark, and on a phone with large text. */
async function expectScreen(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1280, height: 800 },
    ]) {
      await staff.emulateMedia({ colorScheme })
      await staff.setViewportSize(viewport)
      await expectAccessible(staff)
      await expectNoSideways(staff)
      const shots = process.env['OASIS_SHOTS']
      if (shots) {
        const file = `${name}-${colorScheme}-${String(viewport.width)}.png`
        await staff.screenshot({ path: join(shots, file), fullPage: true })
      }
    }
  await staff.setViewportSize({ width: 360, height: 640 })
  const style = await staff.evaluateHandle(() => document.documentElement.style)
  await style.evaluate((own) => own.setProperty('font-size', '200%'))
  await expectNoSideways(staff)
  await style.evaluate((own) => own.removeProperty('font-size'))
}

/** Expects that Tab reaches each control of the screen in order, outlined and in view. */
async function expectTabs(): Promise<void> {
  const controls = staff.locator('main :is(button, summary, input)')
  const wanted = await controls.evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility() && !each.matches('[type=radio]:not(:checked)'))
      .map(({ outerHTML }) => outerHTML),
  )
  await staff.locator('.menu > summary').focus()
  const reached: string[] = []
  while (reached.length < wanted.length) {
    // A date field has a tab stop for each of its parts.
    const last = reached.at(-1) ?? ''
    const html = await tabFrom(last)
    if (html !== last) reached.push(html)
  }
  expect(reached).toEqual(wanted)
}

/** Presses Tab until the focus is inside the screen. @returns the focused control */
async function tabFrom(last: string): Promise<string> {
  await staff.keyboard.press('Tab')
  const { html, isInside, outline, isInView } = await staff.evaluate(() => {
    const focused = document.activeElement ?? document.body
    const { top, bottom } = focused.getBoundingClientRect()
    return {
      html: focused.outerHTML,
      isInside: focused.closest('main') !== null,
      outline: parseFloat(getComputedStyle(focused).outlineWidth),
      isInView: top < innerHeight && bottom > 0,
    }
  })
  if (!isInside && last === '') return tabFrom(last)
  expect({ html, isInside, isInView, isOutlined: outline > 0 }).toEqual({
    html,
    isInside: true,
    isInView: true,
    isOutlined: true,
  })
  return html
}

const clockAt = async (ms: number): Promise<void> => {
  expect((await fetch(`${clockOf(server.origin)}?time=${ms}`)).status).toBe(200)
}

test('R59: Staff read waiting reports on their device, and take one in', async ({ browser }) => {
  await joinByInvitation(staff, firstInvitation(), 'Айгүл')
  await openScreen('staff.screen.waiting')
  await expect(staff.getByText(words('staff.waiting.none'))).toBeVisible()
  await expectScreen('empty')
  await button('staff.back').click()
  await expect(staff.getByRole('heading', { name: words('staff.queue.title') })).toBeFocused()
  const phone = await browser.newContext({ baseURL: server.origin })
  await tell(await phone.newPage(), 'ky', 'Көк дарбаза, үчүнчү кабат, 4417')
  await phone.close()
  await sendJunk('Арзан жүк ташуу 1')
  await button('staff.queue.reload').click()
  await button('staff.counts.waiting').click()
  const lines = staff.locator('.sealed-item')
  const real = lines.filter({ hasText: '4417' })
  await expect(real).toContainText('Көк дарбаза')
  await expect(real).toContainText(words('staff.age.today'))
  await button('staff.queue.more').click()
  await expect(lines).toHaveCount(2)
  await expect(lines.nth(1).locator('summary')).toBeFocused()
  await button('staff.queue.more').click()
  await expect(staff.getByText(words('staff.waiting.end'))).toBeFocused()
  await real.locator('summary').focus()
  await staff.keyboard.press('Enter')
  await expect(real.locator('.words').first()).toHaveText('Көк дарбаза, үчүнчү кабат, 4417')
  await expectScreen('waiting')
  await expectTabs()
  await real.getByRole('button', { name: words('staff.waiting.take'), exact: true }).click()
  await expect(real).toContainText(words('staff.waiting.taken'))
  await expect(
    real.getByRole('button', { name: words('staff.waiting.open'), exact: true }),
  ).toBeFocused()
  await staff.keyboard.press('Enter')
  await expect(staff.locator('.report .words').first()).toHaveText(
    'Көк дарбаза, үчүнчү кабат, 4417',
  )
  await button('staff.take').click()
  await expect(staff.getByText(words('staff.taken'))).toBeVisible()
})

test('R59: A colleague counts, reads, signs and withdraws a discard', async () => {
  for (const n of [2, 3, 4]) await sendJunk(`Арзан жүк ташуу ${String(n)}`)
  await clockAt(Date.now())
  await openScreen('staff.screen.discard')
  await button('staff.discard.count').click()
  const title = words('staff.discard.found', { stored: '4', waiting: '0' })
  await expect(staff.getByRole('heading', { name: title })).toBeFocused()
  const lines = staff.locator('.sealed-item')
  await expect(lines).toHaveCount(4)
  await lines.first().locator('summary').click()
  await expect(lines.first().locator('.words')).toContainText('Арзан жүк ташуу')
  await button('staff.discard.keep').first().click()
  await expect(lines).toHaveCount(3)
  await expectScreen('discard')
  await staff.getByLabel(words('staff.discard.number', { n: '3' })).fill('4')
  await button('staff.discard.sign', { n: '3' }).click()
  await expect(staff.getByText(words('staff.discard.differs'))).toBeVisible()
  await expectScreen('differs')
  await expectTabs()
  await staff.getByLabel(words('staff.discard.number', { n: '3' })).fill('3')
  await button('staff.discard.sign', { n: '3' }).click()
  await expect(staff.getByText(words('staff.discard.open'))).toBeVisible()
  const line = staff.locator('.discard-line')
  await expect(line).toContainText('Айгүл')
  await expectScreen('signed')
  await button('staff.back').click()
  await button('staff.discard.withdraw').click()
  await expect(line).toHaveText(words('staff.discard.stopped'))
  await expect(line.locator('p')).toBeFocused()
  await openScreen('staff.screen.discard')
  await expect(button('staff.discard.count')).toBeVisible()
  await clockAt(Date.now() + 2 * HOUR_MS)
  await button('staff.back').click()
  await button('staff.queue.reload').click()
  await expect(staff.locator('.queue .line')).toHaveCount(5)
})

test('R59: A discard deletes its reports an hour after the signature and no others', async () => {
  await openScreen('staff.screen.discard')
  await button('staff.discard.count').click()
  await staff.getByLabel(words('staff.discard.number', { n: '4' })).fill('4')
  await button('staff.discard.sign', { n: '4' }).click()
  await expect(staff.locator('.discard-line')).toContainText('Айгүл')
  await clockAt(Date.now() + HOUR_MS / 2)
  await button('staff.back').click()
  await button('staff.queue.reload').click()
  await expect(staff.locator('.queue .line')).toHaveCount(5)
  for (const minute of [1, 2, 3]) await clockAt(Date.now() + HOUR_MS + minute * 60_000)
  await button('staff.queue.reload').click()
  await expect(staff.locator('.queue .line')).toHaveCount(1)
  await openScreen('staff.screen.discard')
  await expect(staff.locator('.discards li').first()).toContainText('4')
  await expectScreen('history')
})
