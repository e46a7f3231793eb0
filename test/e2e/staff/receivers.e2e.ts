// Tests the list of receivers. Two readers maintain the list and change the same record, and the
// referral form offers the list. A caseworker does not see the list.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  joinAs,
  joinAsReader,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'

const TEXT = 'Карындашыма баш калка керек 8601'
const SHELTER = '«Жылуу үй» баш калкасы'
const [CONTACT, LATER, LAST] = ['Айша, 0555 000 111', 'Айша, 0555 000 222', 'Айша, түнкүсүн']

let team: Team
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  team = await makeTeam(browser, 'receivers')
})
test.afterAll(() => team.stop())

const say = (key: string, fill: Record<string, string> = {}): string =>
  words(`staff-referral.${key}`, fill)
const list = (page: Page): Locator => page.locator('.receivers')
const card = (page: Page): Locator => list(page).getByRole('listitem')
const field = (page: Page, key: string): Locator =>
  list(page).getByLabel(say(`receivers.${key}`), { exact: true })
const press = (page: Page, name: string): Promise<void> =>
  list(page).getByRole('button', { name, exact: true }).click()
const change = (page: Page): Promise<void> => press(page, `${say('receivers.change')}: ${SHELTER}`)

async function openList(page: Page): Promise<void> {
  await openScreen(page, 'staff.screen.register')
  await list(page).locator('summary').click()
}

test('Readers keep the receivers, and a referral takes one from the list', async () => {
  test.setTimeout(240_000)
  const bermet = await joinAsReader(team, 'Бермет')
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()

  await test.step('A receiver needs a name, and a lock keeps screen and words', async () => {
    await openList(aigul)
    await expect(list(aigul)).toContainText(say('receivers.none'))
    await press(aigul, say('receivers.add'))
    await press(aigul, say('receivers.save'))
    await expect(field(aigul, 'name')).toBeFocused()
    await field(aigul, 'name').fill(SHELTER)
    await field(aigul, 'contact').fill(CONTACT)
    await buttonOf(aigul, 'staff.lock').click()
    await buttonOf(aigul, 'staff.locked.passkey').click()
    // Unlocking returns to the screen.
    await expect(field(aigul, 'contact')).toHaveValue(CONTACT)
    await expectAccessible(aigul)
    await press(aigul, say('receivers.save'))
    await expect(card(aigul)).toContainText(CONTACT)
    await expect(list(aigul)).toContainText(say('receivers.saved'))
    await expect(list(aigul).locator('summary')).toBeFocused()
  })

  await test.step('Of two who change a record, the later one sees the first change', async () => {
    await openList(bermet)
    await change(bermet)
    await field(bermet, 'contact').fill(LAST)
    await change(aigul)
    await field(aigul, 'contact').fill(LATER)
    await press(aigul, say('receivers.save'))
    await expect(card(aigul)).toContainText(LATER)
    await press(bermet, say('receivers.save'))
    await expect(list(bermet)).toContainText(words('staff.error.record_changed'))
    await expect(card(bermet)).toContainText(LATER)
    await expect(field(bermet, 'contact')).toHaveValue(LAST)
    await press(bermet, say('receivers.save'))
    await expect(card(bermet)).toContainText(LAST)
    await expectAccessible(bermet)
  })

  await test.step('The list fits a small phone and large text', async () => {
    await change(bermet)
    await bermet.setViewportSize({ width: 320, height: 640 })
    await expectNoSideways(bermet)
    await bermet.setViewportSize({ width: 360, height: 640 })
    const text = await openTextSession(bermet)
    await setTextSize(text, 200)
    await expectNoSideways(bermet)
    await setTextSize(text, 100)
    await bermet.setViewportSize({ width: 1280, height: 800 })
    await press(bermet, say('receivers.drop'))
    await expect(card(bermet).locator('p').first()).toBeFocused()
  })

  await test.step('A referral takes its receiver from the list', async () => {
    await sendSealedReport({ text: TEXT }, [], team.server.origin)
    await buttonOf(aigul, 'staff.back').click()
    await showReport(aigul, TEXT)
    await buttonOf(aigul, 'staff.referral.add').click()
    const form = aigul.locator('section[aria-labelledby=referrals-title]')
    await form.getByLabel(say('receiver.list'), { exact: true }).selectOption(SHELTER)
    await expect(form.getByLabel(say('receiver'), { exact: true })).toHaveValue(SHELTER)
    await expect(form).toContainText(LAST)
    await form.getByLabel(say('receiver'), { exact: true }).fill('Башка жер')
    await expect(form.getByLabel(say('receiver.list'), { exact: true })).toHaveValue('')
  })

  await test.step('A deleted record is gone for everybody', async () => {
    await press(bermet, `${say('receivers.delete')}: ${SHELTER}`)
    await expect(list(bermet)).toContainText(say('receivers.delete.sure', { name: SHELTER }))
    await press(bermet, say('receivers.delete'))
    await expect(card(bermet)).toHaveCount(0)
    await openList(aigul)
    await expect(list(aigul)).toContainText(say('receivers.none'))
  })

  await test.step('A caseworker has the register without the list', async () => {
    const cholpon = await joinAs(team, 'caseworker', 'Чолпон')
    await openScreen(cholpon, 'staff.screen.register')
    await expect(cholpon.getByText(say('register.none'))).toBeVisible()
    await expect(list(cholpon)).toHaveCount(0)
  })
})
