// Tests alerts with the real page, the real worker and a carrier on this machine. The staff app is
// closed at first, and open later.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { tell } from '#scripts/browser/report'
import { addAuthenticator, joinByInvitation } from '#scripts/browser/staff'
import { testDir, testDist, testOrgDir, testWorkers } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve, type Served } from '#scripts/local/serve'
import { clockOf } from '#scripts/start/running'
import { copyTestDatabase } from '#scripts/test/database'
import { expectAccessible } from '../support/accessible.ts'
import { findCanary } from '../support/canary.ts'
import { PHONE } from '../support/phone.ts'
import { makeReceiver, type Receiver } from '../support/receiver.ts'
import { writeNote } from '../support/shown-case.ts'
import { firstInvitation } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const WORDS = 'Көк дарбазада үч кыз камалган 7351'
const WAITS = 'Сизди күтүп турган нерсе бар.'
const words = wordsIn('ky')
const MINUTE_MS = 60_000

// The tests share one server and need the alerts from the earlier tests, so they run in order.
test.describe.configure({ mode: 'serial' })

let receiver: Receiver
let server: Served
let staff: Page
test.beforeAll(async ({ browser }) => {
  const state = join(testDir, 'alerts')
  copyTestDatabase(state)
  receiver = await makeReceiver()
  await receiver.start()
  const vars = {
    ALERT_FIRST: `ntfy ${receiver.url}/first`,
    ALERT_SECOND: `json ${receiver.url}/second`,
  }
  server = await serve({
    ...{ state, dist: testDist, port: await anyPort(), vars },
    ...{ orgDir: testOrgDir, bundled: testWorkers },
  })
  const context = await browser.newContext({ baseURL: server.staffOrigin, locale: 'ky-KG' })
  staff = await context.newPage()
  await staff.clock.install()
  await addAuthenticator(staff)
})
test.afterAll(async () => {
  await staff.context().close()
  await server.stop()
  await receiver.stop()
})

const paths = (): string[] => receiver.received.map(({ path }) => path)
const clockAt = async (minutes: number): Promise<void> => {
  const time = Date.now() + minutes * MINUTE_MS
  expect((await fetch(`${clockOf(server.origin)}?time=${time}`)).status).toBe(200)
}
const expectCalls = (n: number) => expect.poll(paths, { timeout: 5000 }).toHaveLength(n)

/** Sends a report of danger from the public page. */
async function tellDanger(staffPage: Page, text: string): Promise<void> {
  const phone = await staffPage.context().browser()?.newContext({ baseURL: server.origin })
  const page = await phone?.newPage()
  if (page) await tell(page, 'ky', text)
  await phone?.close()
}
/** Makes the tab of the staff app visible or hidden. */
const showTab = (isSeen: boolean): Promise<void> =>
  staff.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    isSeen ? 'visible' : 'hidden',
  )
const alertLine = () => staff.getByRole('alert').and(staff.locator('.alert'))
const takenLine = () => staff.locator('.alert-taken')
/** Takes the alert, and writes a note in the case that opens. */
async function takeAndAct(text: string): Promise<void> {
  await staff.getByRole('button', { name: words('staff.alert.take') }).click()
  await expect(alertLine()).toBeEmpty()
  await expect(takenLine()).toContainText('Айгүл')
  const shown = staff.locator('.report').getByText(text, { exact: true })
  await expect(shown.filter({ visible: true }).first()).toBeVisible()
  await writeNote(staff, 'Чалып жатам')
  await expect(takenLine()).toBeEmpty()
}

/** Tests that the red line, which is tall on a phone, covers no button of the menu. */
async function expectMenuOnTop(): Promise<void> {
  await staff.setViewportSize(PHONE)
  await staff.locator('.menu summary').click()
  for (const each of await staff.locator('.menu-box nav button').all())
    await each.click({ trial: true })
  await staff.keyboard.press('Escape')
  await staff.setViewportSize({ width: 1280, height: 800 })
}

test('With the app closed, the edge announces danger at once, later to two addresses', async () => {
  await tellDanger(staff, WORDS)
  await expectCalls(1)
  await clockAt(5)
  await clockAt(10)
  await expectCalls(2)
  expect(paths()).toEqual(['/first', '/first'])
  await clockAt(20)
  await expectCalls(4)
  expect(paths().slice(2).sort()).toEqual(['/first', '/second'])
})

test('A colleague takes an alert, its case opens, and a note in it ends the calls', async () => {
  await joinByInvitation(staff, firstInvitation(), 'Айгүл')
  await expect(alertLine()).toContainText(words('staff.danger'))
  await expect(staff).toHaveTitle(`▲ ${words('staff.title')}`)
  await expectAccessible(staff, 'all')
  await expectMenuOnTop()
  await takeAndAct(WORDS)
  await expect(staff).toHaveTitle(words('staff.title'))
  for (const minutes of [30, 40, 400]) await clockAt(minutes)
  expect(paths()).toHaveLength(4)
})

test('A hidden tab of the staff app keeps polling and shows arrivals in its title', async () => {
  await showTab(false)
  await tellDanger(staff, `${WORDS} again`)
  await expectCalls(5)
  await staff.clock.fastForward(MINUTE_MS)
  await expect(staff).toHaveTitle(`▲ (1) ${words('staff.title')}`)
  await staff.getByRole('button', { name: words('staff.lock') }).click()
  await expect(staff.getByText(words('staff.alert.locked'))).toBeVisible()
  await expect(staff).toHaveTitle(`▲ (1) ${words('staff.title')}`)
  await staff.getByRole('button', { name: words('staff.locked.passkey') }).click()
  await takeAndAct(`${WORDS} again`)
  // Unlocking loads the list.
  await expect(staff).toHaveTitle(words('staff.title'))
})

for (const [what, fail, mend] of [
  ['is stopped', () => receiver.stop(), () => receiver.start()],
  [
    'hangs',
    () => {
      receiver.status = 'hang'
    },
    () => {
      receiver.status = 200
    },
  ],
] as const)
  test(`A carrier that ${what} loses no alert and does not delay the report`, async () => {
    await fail()
    const before = paths().length
    await tellDanger(staff, `${WORDS} ${what}`)
    await mend()
    await clockAt(1)
    await expect.poll(() => paths().slice(before)).toContain('/second')
    expect(paths().slice(before)).toContain('/first')
    await staff.getByRole('button', { name: words('staff.queue.reload') }).click()
    await expect(staff.getByRole('button', { name: words('staff.danger') }).first()).toBeVisible()
    await showTab(true)
    await takeAndAct(`${WORDS} ${what}`)
  })

test('An admin sees the addresses of alerts without their secrets and sends a test', async () => {
  const before = paths().length
  await staff.getByText(words('staff.menu'), { exact: true }).click()
  await staff.getByRole('button', { name: words('staff.screen.alerts') }).click()
  const list = staff.locator('.addresses')
  await expect(list).toContainText(`${words('staff.alert.kind.ntfy')}, 127.0.0.1`)
  await expect(list).not.toContainText('/first')
  await staff.getByRole('button', { name: words('staff.alert.test') }).click()
  await expect(list.getByText(words('staff.alert.outcome.reached'))).toHaveCount(2)
  expect(paths().slice(before).sort()).toEqual(['/first', '/second'])
  await expectAccessible(staff, 'all')
  receiver.status = 503
  await staff.getByRole('button', { name: words('staff.alert.test') }).click()
  const refused = words('staff.alert.outcome.refused', { status: '503' })
  await expect(list.getByText(refused)).toHaveCount(2)
  receiver.status = 200
})

test('R47: A call to a carrier has one of two fixed sentences and no word, number or count', () => {
  // The address of the staff app follows each sentence.
  const address = `${server.staffOrigin}/staff/`
  const waits = `${WAITS} ${address}`
  const SENTENCES = [waits, `Бул сыноо. Эч нерсе күтүп турган жок. ${address}`]
  const OWN = ['host', 'accept', 'accept-encoding', 'content-type', 'content-length', 'priority']
  // The header cf-worker contains the name of the worker's zone.
  const PLATFORM = ['accept-language', 'user-agent', 'sec-fetch-mode', 'connection', 'cf-worker']
  expect(receiver.received.length).toBeGreaterThan(8)
  for (const { path, headers, body } of receiver.received) {
    const bodies = path === '/first' ? SENTENCES : SENTENCES.map((text) => JSON.stringify({ text }))
    expect(bodies).toContain(body)
    for (const name of Object.keys(headers)) expect([...OWN, ...PLATFORM]).toContain(name)
    expect(findCanary(JSON.stringify({ path, headers, body }), [WORDS])).toEqual([])
  }
  const alerts = receiver.received.filter(({ body }) => body === waits)
  expect(new Set(alerts.map(({ headers }) => JSON.stringify(headers))).size).toBe(1)
})
