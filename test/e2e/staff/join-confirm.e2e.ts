// Tests how colleagues confirm each other, with matching and with different digits. A used or
// withdrawn link does not open anything, and an admin who is not a reader may not confirm.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import {
  buttonOf,
  cardOf,
  confirmOn,
  digitsOn,
  invite,
  isInWorkspace,
  joinAndWait,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
} from '../support/team.ts'
import { SLOW } from '../support/soak.ts'

// The tests share one team and its ledger, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'team')
})
test.afterAll(() => team.stop())

/** Checks a screen on a phone and a desktop, in light and dark mode. */
async function expectScreen(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1280, height: 800 },
    ]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await expectAccessible(page)
      await expectNoSideways(page)
    }
}

const statusOf = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (asked) => (await fetch(`/api/staff/${asked}`)).status, path)

test('R33: A newcomer waits without rights until a reader has compared the digits', async () => {
  const bermet = await joinAndWait(team, await invite(team.aigul, ['intake']), 'Бермет')
  for (const path of ['reports', 'counts', 'people', 'discards', 'alerts/open'])
    expect(await statusOf(bermet, path), path).toBe(403)
  for (const path of ['me', 'ledger']) expect(await statusOf(bermet, path), path).toBe(200)
  await expectScreen(bermet)

  await openScreen(team.aigul, 'staff.screen.people')
  await expect(cardOf(team.aigul, 'Бермет')).toBeVisible()
  await expect(team.aigul.locator('summary .count')).toHaveText('1')
  await expectScreen(team.aigul)
  const digits = await digitsOn(bermet)
  expect(digits.join(' ')).toMatch(/^\d{4}( \d{4}){4}$/)
  expect(await digitsOn(team.aigul, 'Бермет')).toEqual(digits)

  // A newcomer who reloads the page sees the same digits again.
  await bermet.reload()
  await buttonOf(bermet, 'staff.locked.passkey').click()
  await expect(bermet.locator('.digits li')).toHaveCount(5)
  expect(await digitsOn(bermet)).toEqual(digits)

  await confirmOn(team.aigul, 'Бермет')
  await isInWorkspace(bermet)
  expect(await statusOf(bermet, 'reports')).toBe(200)
  await expect(bermet.getByText(words('staff.queue.title'), { exact: true })).toBeVisible()
  await openScreen(bermet, 'staff.screen.people')
  await expect(bermet.locator('.rows').first()).toContainText('Бермет')
  await expectScreen(bermet)
})

test('A newcomer whose digits differ is refused, and no passkey opens the app again', async () => {
  const stranger = await joinAndWait(team, await invite(team.aigul, ['intake']), 'Белгисиз')
  await openScreen(team.aigul, 'staff.screen.people')
  const card = cardOf(team.aigul, 'Белгисиз')
  await card.getByRole('button', { name: words('staff.people.differ') }).click()
  await buttonOf(team.aigul, 'staff.people.not_yet').click()
  await card.getByRole('button', { name: words('staff.people.differ') }).click()
  await buttonOf(team.aigul, 'staff.people.refuse', { name: 'Белгисиз' }).click()
  const outcome = words('staff.people.refused', { name: 'Белгисиз' })
  await expect(team.aigul.getByText(outcome)).toBeVisible()
  await expect(card).toHaveCount(0)

  await expect(stranger.getByText(words('staff.newcomer.out'))).toBeVisible()
  await expectAccessible(stranger)
  await buttonOf(stranger, 'staff.newcomer.out.go').click()
  await buttonOf(stranger, 'staff.signin.go').click()
  await expect(stranger.getByText(words('error.passkey_unknown'))).toBeVisible()
})

test('R34: A link that was used or withdrawn opens nothing', async () => {
  const used = await invite(team.aigul, ['intake'])
  await joinAndWait(team, used, 'Нурбек')
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, 'Нурбек')

  const withdrawn = await invite(team.aigul, ['admin'])
  await openScreen(team.aigul, 'staff.screen.people')
  await buttonOf(team.aigul, 'staff.people.withdraw').last().click()
  await expect(team.aigul.getByText(words('staff.people.withdrawn'))).toBeVisible()

  for (const link of [used, withdrawn]) {
    const device = await team.newDevice()
    await device.goto(link)
    await expect(device.getByText(words('staff.error.invitation_unknown'))).toBeVisible()
    await expect(device.getByLabel(words('staff.join.name'))).toHaveCount(0)
    await device.context().close()
  }
})

test(
  'R33: An admin who does not read reports sees the digits but cannot confirm',
  SLOW,
  async () => {
    const sergei = await joinAndWait(team, await invite(team.aigul, ['admin']), 'Сергей')
    await openScreen(team.aigul, 'staff.screen.people')
    await confirmOn(team.aigul, 'Сергей')
    await isInWorkspace(sergei)

    const daniyar = await joinAndWait(team, await invite(sergei, ['intake']), 'Данияр')
    await openScreen(sergei, 'staff.screen.people')
    const card = cardOf(sergei, 'Данияр')
    await expect(card.getByText(words('staff.people.ask_reader'))).toBeVisible()
    expect(await digitsOn(sergei, 'Данияр')).toEqual(await digitsOn(daniyar))
    await expect(card.getByRole('button')).toHaveCount(0)
    await expectScreen(sergei)

    // The edge also refuses a request that the admin sends without the screen.
    const [{ id } = { id: '' }] = await sergei.evaluate(async () => {
      const { names } = (await (await fetch('/api/staff/people')).json()) as {
        names: { id: string; name: string }[]
      }
      return names.filter(({ name }) => name === 'Данияр')
    })
    expect(id).not.toBe('')
    const status = await sergei.evaluate(async (person) => {
      const zeros = (bytes: number): string => 'A'.repeat(Math.ceil((bytes * 4) / 3))
      const signed = { change: '{}', statement: '{}', signature: zeros(64) }
      const body = JSON.stringify({ signed, intake: [], team: [] })
      const headers = { 'content-type': 'application/json' }
      const path = `/api/staff/people/${person}/confirm`
      return (await fetch(path, { method: 'POST', headers, body })).status
    }, id)
    expect(status).toBe(403)
  },
)

test('R24: A colleague whose access was ended is signed out and cannot come back', async () => {
  const name = 'Жаңыл'
  const leaver = await joinAndWait(team, await invite(team.aigul, ['intake']), name)
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, name)
  await isInWorkspace(leaver)

  await openScreen(team.aigul, 'staff.screen.people')
  await buttonOf(team.aigul, 'staff.people.remove.name', { name }).click()
  await expectScreen(team.aigul)
  await buttonOf(team.aigul, 'staff.people.remove.go', { name }).click()
  await proveIfAsked(team.aigul, team.aigul.locator('.key-line.alarm p'))
  await openScreen(team.aigul, 'staff.screen.people')
  await expect(team.aigul.locator('.colleague').filter({ hasText: name })).toHaveCount(0)

  await leaver.reload()
  await buttonOf(leaver, 'staff.signin.go').click()
  await expect(leaver.getByText(words('error.passkey_unknown'))).toBeVisible()
})
