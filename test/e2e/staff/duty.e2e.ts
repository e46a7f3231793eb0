// Tests the alert settings in a browser: the person's own device, the rota and the quiet hours.
// Also tests that the service worker shows a call. The Web Push provider is simulated, because
// tests must not call other hosts.
import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { localMs } from '#content/clock.ts'
import { alertStrings } from '#content/strings.ts'
import { numberOfAlert } from '#protocol/staff/alerts/alert-number'
import { nightAt } from '#protocol/staff/alerts/rota'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { WHOLE } from '../support/phone.ts'
import { imitateProvider } from '../support/push-service.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'
import {
  buttonOf,
  joinAs,
  joinAsReader,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// Headless Chromium does not support Web Push.
test.use({ launchOptions: WHOLE })
// The tests share one team, so they run in order.
test.describe.configure({ mode: 'serial' })

const WAITS: readonly string[] = Object.values(alertStrings).map((lang) => lang['alert.waits'])

/** The night hours that the form offers by default. */
const NIGHTS = { nightFrom: 22, nightUntil: 8, nights: [], days: [] }

let team: Team
let bermet: Page
let cholpon: Page
let provider: CDPSession
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'duty', { PUSH_SECRET: 'x'.repeat(43) })
  const { aigul, server } = team
  await imitateProvider(aigul, server.staffOrigin, 'aigul')
  provider = await aigul.context().newCDPSession(aigul)
  bermet = await joinAsReader(team, 'Бермет')
})
test.afterAll(() => team.stop())

const card = (page: Page, title: string) =>
  page.locator('.card').filter({ has: page.locator(`#${title}`) })

test('A person switches alerts on in a browser, and the card names the provider', async () => {
  const { aigul } = team
  await openScreen(aigul, 'staff.screen.alerts')
  await expect(aigul.getByText(words('staff.duty.nobody_reachable'))).toBeVisible()
  await buttonOf(aigul, 'staff.device.on').click()
  const devices = card(aigul, 'devices-title')
  await expect(devices.getByText(words('staff.device.provider.google'))).toBeVisible()
  await expect(devices.getByText(words('staff.device.here'), { exact: true })).toBeVisible()
  await expect(buttonOf(aigul, 'staff.device.on')).toHaveCount(0)
  await expect(aigul.locator('#devices-title')).toBeFocused()
  await expect(aigul.locator('.duty-path li')).toHaveText([words('staff.duty.all', { n: '1' })])
  await expectAccessible(aigul, 'all')
})

test('R47: The service worker shows a sentence of its own, and one at a time', async () => {
  const { aigul, server } = team
  const registered = new Promise<string>((done) => {
    provider.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.endsWith('/staff/'))
      if (found) done(found.registrationId)
    })
  })
  await provider.send('ServiceWorker.enable')
  const registrationId = await registered
  for (const data of ['Read your 28 digits to +7 900', numberOfAlert('waits')])
    await provider.send('ServiceWorker.deliverPushMessage', {
      origin: server.staffOrigin,
      registrationId,
      data,
    })
  const shown = () =>
    aigul.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body }) => title + body)
    })
  await expect.poll(shown).toHaveLength(1)
  expect(WAITS).toContain((await shown())[0])
})

test('An admin signs the rota, and a colleague sees it and cannot change it', async () => {
  const { aigul } = team
  await buttonOf(aigul, 'staff.duty.change').click()
  await expect(aigul.getByLabel(words('staff.duty.from'), { exact: true })).toBeFocused()
  const first = words('staff.duty.first')
  for (const n of [0, 1, 2, 3, 4, 5, 6]) {
    const night = words(`staff.duty.night.${n}`)
    await aigul.getByLabel(`${night}: ${first}`).selectOption({ label: 'Айгүл' })
  }
  const days = words('staff.duty.days')
  await aigul.getByLabel(`${days}: ${first}`).selectOption({ label: 'Айгүл' })
  const then = `${days}: ${words('staff.duty.then')}`
  await aigul.getByLabel(then).selectOption({ label: 'Бермет' })
  await expectAccessible(aigul, 'all')
  await buttonOf(aigul, 'staff.duty.save').click()
  await expect(aigul.getByText(words('staff.duty.saved'))).toBeVisible()
  await expect(aigul.locator('#rota-title')).toBeFocused()
  // Only Aigul has a device.
  const order = `Айгүл → ${words('staff.duty.no_device', { who: 'Бермет' })}`
  await expect(aigul.locator('.rota dd').last()).toHaveText(order)
  await expect(aigul.locator('.duty-path li')).toHaveText([
    'Айгүл',
    words('staff.duty.all', { n: '1' }),
  ])
  await openScreen(bermet, 'staff.screen.alerts')
  await expect(bermet.locator('.rota dd').last()).toHaveText(order)
  await expect(buttonOf(bermet, 'staff.duty.change')).toHaveCount(0)
  await expect(bermet.locator('#carriers-title')).toHaveCount(0)
})

test('The desk names who is on duty, and a night without anybody leads to the rota', async () => {
  const { aigul } = team
  const line = aigul.locator('.duty-line')
  const goHome = (): Promise<void> => buttonOf(aigul, 'staff.back').click()
  await goHome()
  // By day, Bermet, who has no device, is also on duty.
  const then = words('staff.duty.no_device', { who: 'Бермет' })
  const who = nightAt(NIGHTS, localMs(Date.now())) === null ? `Айгүл → ${then}` : 'Айгүл'
  await expect(line.locator('p')).toHaveText(words('staff.duty.line', { who }))
  await expect(line.getByRole('button')).toHaveCount(0)
  await openScreen(aigul, 'staff.screen.alerts')
  await buttonOf(aigul, 'staff.duty.change').click()
  const first = words('staff.duty.first')
  const nights = [2, 5].map((n) => words(`staff.duty.night.${n}`))
  for (const night of nights)
    await aigul.getByLabel(`${night}: ${first}`).selectOption({ label: words('staff.duty.none') })
  await buttonOf(aigul, 'staff.duty.save').click()
  await expect(aigul.getByText(words('staff.duty.saved'))).toBeVisible()
  await goHome()
  const hole = line.getByRole('button')
  for (const night of nights) await expect(hole).toContainText(night)
  await expectAccessible(aigul, 'all')
  await hole.click()
  await expect(aigul.locator('#rota-title')).toBeVisible()
})

test('A person sets quiet hours, which a later visit shows, and the log names them', async () => {
  await bermet.getByLabel(words('staff.quiet.has')).check()
  await bermet.getByLabel(words('staff.quiet.until'), { exact: true }).selectOption('9')
  await buttonOf(bermet, 'staff.quiet.save').click()
  await expect(bermet.getByText(words('staff.quiet.saved'))).toBeVisible()
  await openScreen(bermet, 'staff.screen.people')
  // After its code has loaded, the screen takes the focus, and any open menu closes.
  await expect(bermet.getByRole('heading', { name: words('staff.people.title') })).toBeFocused()
  await openScreen(bermet, 'staff.screen.alerts')
  await expect(bermet.getByLabel(words('staff.quiet.until'), { exact: true })).toHaveValue('9')
  await openScreen(bermet, 'staff.screen.log')
  const rows = bermet.locator('.log-rows')
  await expect(rows).toContainText(words('staff.log.did.rota.set', { who: 'Айгүл' }))
  await expect(rows).toContainText(words('staff.log.did.quiet.set', { who: 'Бермет' }))
})

/** Measures a page on small phones and with large text. */
async function expectFits(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideways(page)
  await page.setViewportSize({ width: 360, height: 640 })
  const text = await openTextSession(page)
  await setTextSize(text, 200)
  await expectNoSideways(page)
  await setTextSize(text, 100)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expectAccessible(page, 'all')
}

test('Of two who change the rota, the later one sees the first change', async () => {
  const { aigul } = team
  cholpon = await joinAs(team, 'admin', 'Чолпон')
  const firstOf = (page: Page, night: number) => {
    const label = words(`staff.duty.night.${night}`)
    return page.getByLabel(`${label}: ${words('staff.duty.first')}`)
  }
  for (const page of [aigul, cholpon]) {
    await openScreen(page, 'staff.screen.alerts')
    await buttonOf(page, 'staff.duty.change').click()
  }
  await firstOf(aigul, 0).selectOption({ label: 'Бермет' })
  await firstOf(cholpon, 1).selectOption({ label: 'Чолпон' })
  const value = await firstOf(cholpon, 1).inputValue()
  await buttonOf(cholpon, 'staff.lock').click()
  await buttonOf(cholpon, 'staff.locked.passkey').click()
  // Locking keeps the screen and the choice.
  await expect(firstOf(cholpon, 1)).toHaveValue(value)
  await buttonOf(aigul, 'staff.duty.save').click()
  await expect(aigul.getByText(words('staff.duty.saved'))).toBeVisible()
  const rota = cholpon.locator('.rota dd')
  await buttonOf(cholpon, 'staff.duty.save').click()
  await expect(cholpon.getByText(words('staff.error.record_changed'))).toBeVisible()
  await expect(cholpon.getByText(words('staff.record.later'))).toBeVisible()
  await expect(rota.first()).toContainText('Бермет')
  await expect(firstOf(cholpon, 1)).toHaveValue(value)
  await expectFits(cholpon)
  await buttonOf(cholpon, 'staff.duty.save').click()
  await expect(cholpon.getByText(words('staff.duty.saved'))).toBeVisible()
  await expect(rota.nth(1)).toContainText('Чолпон')
  await expect(rota.first()).not.toContainText('Бермет')
})

test('A server that refuses a rota without a newer one is not believed', async () => {
  const ROTA = '**/api/staff/alerts/rota'
  await buttonOf(cholpon, 'staff.duty.change').click()
  await cholpon.route(ROTA, (route) =>
    route.fulfill({ status: 409, json: { error: { code: 'record_changed' } } }),
  )
  await cholpon.getByLabel(words('staff.duty.from'), { exact: true }).selectOption('21')
  await buttonOf(cholpon, 'staff.duty.save').click()
  await expect(cholpon.getByText(words('staff.error.record_changed'))).toBeVisible()
  await expect(cholpon.getByText(words('staff.record.later'))).toHaveCount(0)
  await cholpon.unroute(ROTA)
  await buttonOf(cholpon, 'staff.duty.save').click()
  await expect(cholpon.getByText(words('staff.duty.saved'))).toBeVisible()
  await expect(cholpon.locator('#rota-title')).toContainText('21:00')
})

test('Of two who write a template, the later one sees the first text', async () => {
  const { aigul } = team
  const title = words('staff.template.own_2')
  const card = (page: Page) => page.locator('.template-cards .card').filter({ hasText: title })
  const text = (page: Page) => card(page).getByLabel(words('staff.template.text'))
  const save = (page: Page) =>
    card(page)
      .getByRole('button', { name: words('staff.template.save') })
      .click()
  for (const page of [aigul, cholpon]) {
    await openScreen(page, 'staff.screen.templates')
    await page.getByRole('button', { name: `${words('staff.template.edit')}: ${title}` }).click()
    await text(page).fill(page === aigul ? 'Биринчи текст' : 'Экинчи текст')
  }
  await save(aigul)
  await expect(card(aigul)).toContainText(words('staff.template.saved'))
  await save(cholpon)
  await expect(card(cholpon)).toContainText(words('staff.error.record_changed'))
  await expect(card(cholpon)).toContainText(words('staff.record.later'))
  await expect(card(cholpon)).toContainText('Биринчи текст')
  await expect(text(cholpon)).toHaveValue('Экинчи текст')
  await expectFits(cholpon)
  await save(cholpon)
  await expect(card(cholpon)).toContainText(words('staff.template.saved'))
  await expect(card(cholpon)).toContainText('Экинчи текст')
})

test('Settings and the first day fit a small telephone', async () => {
  await bermet.setViewportSize({ width: 360, height: 640 })
  for (const screen of ['staff.screen.alerts', 'staff.screen.first']) {
    await openScreen(bermet, screen)
    await expect(bermet.locator('.screen h3').first()).toBeVisible()
    await expectNoSideways(bermet)
    await expectAccessible(bermet, 'all')
  }
})

test('A person removes their own device, and the browser forgets the service worker', async () => {
  const { aigul } = team
  await openScreen(aigul, 'staff.screen.alerts')
  await buttonOf(aigul, 'staff.device.remove').click()
  await expect(buttonOf(aigul, 'staff.device.on')).toBeVisible()
  await expect(aigul.locator('.devices li')).toHaveCount(0)
  const left = () =>
    aigul.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  await expect.poll(left).toBe(0)
})
