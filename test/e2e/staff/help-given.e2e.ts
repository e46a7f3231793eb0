// Walks through the help recorded in a case: given, corrected, withdrawn and denied. Then the case
// is closed, and colleagues try twice without success to find out how the person is.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, joinAsReader, makeTeam, words, type Team } from '../support/team.ts'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'help-given')
})
test.afterAll(() => team.stop())

const TEXT = 'Кирпич заводдон качып чыктым 7741'
const DAY = '2026-11-20'

const field = (page: Page, key: string): Locator => page.getByLabel(words(key), { exact: true })
const helpIn = (page: Page): Locator => page.locator('section[aria-labelledby=help-given-title]')
const lines = (page: Page): Locator => helpIn(page).locator('> .tasks > li')
const tasksIn = (page: Page): Locator => page.locator('section[aria-labelledby=tasks-title]')
const kind = (key: string): string => words(`staff.help.kind.${key}`)

/** Presses the plus button and then a kind of help. */
async function writeDown(page: Page, key: string): Promise<void> {
  await buttonOf(page, 'staff.help.add').click()
  await helpIn(page)
    .getByRole('button', { name: kind(key), exact: true })
    .click()
}

test('Help is written down in two presses, mended by colleagues, and followed up', async () => {
  test.setTimeout(300_000)
  const bermet = await joinAsReader(team, 'Бермет')
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()
  await sendSealedReport({ text: TEXT }, [], team.server.origin)
  await showReport(aigul, TEXT)

  await test.step('The plus and the kind write down help that we gave today', async () => {
    await writeDown(aigul, 'medical')
    await expect(lines(aigul)).toHaveCount(1)
    await expect(lines(aigul)).toContainText(kind('medical'))
    await expect(lines(aigul)).toContainText(words('staff.help.given'))
    await expect(lines(aigul)).toContainText('Айгүл')
    await expect(aigul.locator('#help-given-title')).toHaveText(
      words('staff.help.title', { n: '1' }),
    )
    await expect(helpIn(aigul).getByRole('status')).toHaveText(words('staff.help.saved'))
  })

  await test.step('A wrong press is taken back by one press, and stays readable', async () => {
    await writeDown(aigul, 'work')
    await expect(lines(aigul)).toHaveCount(2)
    await buttonOf(aigul, 'staff.help.undo', { kind: kind('work') }).click()
    await expect(lines(aigul)).toHaveCount(1)
    await helpIn(aigul)
      .getByText(words('staff.help.ended', { n: '1' }))
      .click()
    await expect(helpIn(aigul).locator('details .tasks li')).toContainText(kind('work'))
  })

  await test.step('A colleague corrects it, and both authors are shown', async () => {
    await showReport(bermet, TEXT)
    await lines(bermet)
      .getByRole('button', { name: words('staff.help.correct') })
      .click()
    await expect(field(bermet, 'staff.help.person')).toBeFocused()
    await field(bermet, 'staff.help.giver').selectOption('other')
    await buttonOf(bermet, 'staff.help.save').click()
    await expect(field(bermet, 'staff.help.receiver')).toBeFocused()
    await field(bermet, 'staff.help.receiver').fill('Айыл дарыгери')
    await field(bermet, 'staff.help.day').fill(DAY)
    await expectAccessible(bermet)
    await buttonOf(bermet, 'staff.help.save').click()
    await expect(lines(bermet)).toContainText('Айыл дарыгери')
    await expect(bermet.locator('#help-given-title')).toBeFocused()
    await lines(bermet)
      .getByText(words('staff.help.former', { n: '1' }))
      .click()
    await expect(lines(bermet)).toContainText('20.11.2026')
    await expect(lines(bermet)).toContainText('Айгүл')
    await expect(lines(bermet)).toContainText('Бермет')
  })

  await test.step('A correction never hides a colleague’s newer version', async () => {
    await lines(aigul)
      .getByRole('button', { name: words('staff.help.correct') })
      .click()
    await field(aigul, 'staff.attempt.text').fill('Колу сынган')
    await buttonOf(aigul, 'staff.help.save').click()
    await expect(helpIn(aigul).locator('.refused')).toHaveText(words('staff.error.record_changed'))
    await expect(lines(aigul)).toContainText('Айыл дарыгери')
    await expect(field(aigul, 'staff.attempt.text')).toHaveValue('Колу сынган')
    await lines(aigul)
      .getByRole('button', { name: words('staff.record.drop') })
      .click()
  })

  await test.step('Help that we cannot give asks why, and where we sent the person', async () => {
    await buttonOf(aigul, 'staff.help.add').click()
    await field(aigul, 'staff.help.outcome').selectOption('denied')
    await expect(field(aigul, 'staff.help.giver')).toHaveCount(0)
    const shelter = helpIn(aigul).getByRole('button', { name: kind('shelter'), exact: true })
    await shelter.click()
    await expect(aigul.getByText(words('staff.help.sent.missing'))).toBeVisible()
    await field(aigul, 'staff.help.why').selectOption('no_place')
    await field(aigul, 'staff.help.sent').fill('«Тунук» баш калкалоо жайы')
    await aigul.setViewportSize({ width: 360, height: 640 })
    await aigul
      .locator('.case-tabs')
      .getByRole('button', { name: words('staff.inside.short') })
      .click()
    await expect(shelter).toBeVisible()
    await expectNoSideways(aigul)
    await aigul.setViewportSize({ width: 1280, height: 800 })
    await shelter.click()
    await expect(lines(aigul)).toHaveCount(2)
    await expect(lines(aigul).first()).toContainText('«Тунук» баш калкалоо жайы')
    await expect(lines(aigul).first()).toContainText(words('staff.help.why.no_place'))
  })

  await test.step('What the person did not want is respected, and no reason to close', async () => {
    await buttonOf(aigul, 'staff.help.add').click()
    await field(aigul, 'staff.help.outcome').selectOption('refused')
    await expect(aigul.getByText(words('staff.help.refused.hint'))).toBeVisible()
    await helpIn(aigul)
      .getByRole('button', { name: kind('legal'), exact: true })
      .click()
    await expect(lines(aigul)).toHaveCount(3)
    await aigul.emulateMedia({ media: 'print' })
    await expect(lines(aigul).filter({ hasText: kind('shelter') })).toBeVisible()
    await expect(helpIn(aigul).locator('button').first()).toBeHidden()
    await aigul.emulateMedia({ media: null })
  })

  await test.step('Closing proposes four tasks once both answers are yes', async () => {
    await buttonOf(aigul, 'staff.status.to.closed').click()
    await expect(
      aigul.locator('.closing').getByText(words('staff.help.refused.hint')),
    ).toBeVisible()
    await aigul.getByLabel(words('staff.close.helped')).check()
    const months = aigul.locator('.closing input[type=checkbox]')
    await field(aigul, 'staff.follow.way').selectOption('yes')
    await expect(months).toHaveCount(0)
    await field(aigul, 'staff.follow.wish').selectOption('yes')
    await expect(months).toHaveCount(4)
    await field(aigul, 'staff.close.danger').fill('Эжесинин үйүндө, бүгүн өзү жазды')
    await expectAccessible(aigul)
    await buttonOf(aigul, 'staff.close.go').click()
    await expect(aigul.getByText(words('staff.status.changed'))).toBeVisible()
    await expect(tasksIn(aigul).locator('> .tasks > li')).toHaveCount(4)
  })

  await test.step('No contact twice ends the follow-up, and nothing is lost', async () => {
    for (const left of [3, 0]) {
      const first = tasksIn(aigul).locator('> .tasks > li').first()
      await first.getByRole('button', { name: words('staff.follow.no_contact') }).click()
      await expect(field(aigul, 'staff.follow.no_contact')).toBeFocused()
      await buttonOf(aigul, 'staff.follow.save').click()
      await expect(tasksIn(aigul).locator('> .tasks > li')).toHaveCount(left)
    }
    await tasksIn(aigul).locator('> details > summary').click()
    await expect(tasksIn(aigul).getByText(words('staff.follow.over'))).toHaveCount(2)
    await expect(lines(aigul)).toHaveCount(3)
    await expect(aigul.locator('.thread')).toContainText(TEXT)
  })

  await test.step('Danger that a follow-up found opens the case again', async () => {
    await buttonOf(aigul, 'staff.take').click()
    await expect(aigul.getByText(words('staff.taken'))).toBeVisible()
    await buttonOf(aigul, 'staff.status.to.closed').click()
    await aigul.getByLabel(words('staff.close.helped')).check()
    await field(aigul, 'staff.follow.way').selectOption('yes')
    await field(aigul, 'staff.follow.wish').selectOption('yes')
    await buttonOf(aigul, 'staff.close.go').click()
    await expect(tasksIn(aigul).locator('> .tasks > li')).toHaveCount(4)
    await showReport(bermet, TEXT)
    const first = tasksIn(bermet).locator('> .tasks > li').first()
    await first.getByRole('button', { name: words('staff.follow.in_danger') }).click()
    await expect(field(bermet, 'staff.danger.set.why')).toBeFocused()
    await field(bermet, 'staff.danger.set.why').fill('Кожоюн үйүнө келди, эжеси чалды')
    await bermet.locator('section[aria-labelledby=danger-title] button.go').click()
    await expect(bermet.locator('.case-head .danger-mark')).toBeVisible()
    await expect(bermet.locator('.head-line').last()).toContainText(
      words('staff.status.in_progress'),
    )
    await expect(tasksIn(bermet).locator('> .tasks > li')).toHaveCount(0)
  })
})
