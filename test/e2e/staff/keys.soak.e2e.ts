// Tests that a keeper can change the keys while a colleague is writing. Also tests how the keys
// change when a colleague leaves, and how another colleague continues after an interruption.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { fillAndSend } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { testDir } from '#scripts/shared/paths'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { certifyKeeper } from '../support/keeper.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'

// The tests share one team and its ledger, so they run in order. Each test can also run alone.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'keys')
  await certifyKeeper(join(testDir, 'keys'), team.aigul)
})
test.afterAll(() => team.stop())

/** Opens the keys screen with the newest ledger. */
async function openKeys(page: Page): Promise<void> {
  await openScreen(page, 'staff.screen.people')
  await openScreen(page, 'staff.screen.keys')
}

const epochsOf = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const answer = await fetch('/api/staff/me')
    const { intake } = (await answer.json()) as { intake: { epoch: number }[] }
    return intake.map(({ epoch }) => epoch)
  })

const doneOf = (page: Page, key: string) => page.getByText(words(`staff.keys.done.${key}`))

test('A report that was begun before a new epoch arrives with its words', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: team.server.origin })
  const reporter = await context.newPage()
  await reporter.goto('/ky/tell/')
  await expect(reporter.locator('label[for=yes]')).toBeVisible()

  await openKeys(team.aigul)
  for (const width of [360, 1280]) {
    await team.aigul.setViewportSize({ width, height: 800 })
    await expectAccessible(team.aigul)
    await expectNoSideways(team.aigul)
  }
  await buttonOf(team.aigul, 'staff.keys.open').click()
  await expect(doneOf(team.aigul, 'epoch')).toBeVisible()
  await buttonOf(team.aigul, 'staff.keys.retire.now', { n: '1' }).click()
  await expect(doneOf(team.aigul, 'retire')).toBeVisible()

  const text = 'Паспортумду алып коюшту.'
  await fillAndSend(reporter, 'ky', text, '')
  await context.close()
  await openScreen(team.aigul, 'staff.screen.reports')
  await showReport(team.aigul, text)
})

test('R24: After a cut another reader changes the keys, and the keeper ends the act', async () => {
  const [nurbek, leaver] = [await joinAsReader(team, 'Нурбек'), 'Жаңыл']
  const left = await joinAsReader(team, leaver)
  const before = await epochsOf(team.aigul)
  await openScreen(team.aigul, 'staff.screen.people')
  // The network is cut before the second step.
  await team.aigul.route('**/api/staff/epochs/*/retire', (route) => route.abort())
  await buttonOf(team.aigul, 'staff.people.remove.name', { name: leaver }).click()
  await buttonOf(team.aigul, 'staff.people.remove.go', { name: leaver }).click()
  const line = (page: Page) => page.locator('.key-line.alarm p')
  await expect(line(team.aigul)).toBeVisible()
  await expect(team.aigul.getByText(words('staff.error.network')).first()).toBeVisible()
  await team.aigul.unrouteAll()

  // A colleague who is not a keeper runs the steps for the team key.
  await openKeys(nurbek)
  await expect(line(nurbek)).toBeVisible()
  await buttonOf(nurbek, 'staff.departure.run').click()
  await expect(
    nurbek.getByText(words('staff.departure.progress', { done: '6', of: '7' })),
  ).toBeVisible()
  const waits = words('staff.departure.waits', { names: '' })
  await expect(nurbek.locator('.steps').getByText(new RegExp(`^${waits}.*Айгүл`))).toBeVisible()
  await expect(line(nurbek)).toContainText(new RegExp(`${waits}.*Айгүл`))
  await expect(buttonOf(nurbek, 'staff.departure.run')).toHaveCount(0)
  await expect(doneOf(nurbek, 'departure')).toHaveCount(0)
  await expect(line(nurbek)).toBeVisible()

  await openKeys(team.aigul)
  await buttonOf(team.aigul, 'staff.departure.run').click()
  await expect(doneOf(team.aigul, 'departure')).toBeVisible()
  await expect(line(team.aigul)).toHaveCount(0)
  const me = await nurbek.evaluate(async (): Promise<unknown> =>
    (await fetch('/api/staff/me')).json(),
  )
  expect(me).toMatchObject({ team: [{ generation: 2 }] })
  expect(await epochsOf(nurbek)).toEqual([...before, before.length + 1])
  expect(await left.evaluate(async () => (await fetch('/api/staff/me')).status)).toBe(401)
})
