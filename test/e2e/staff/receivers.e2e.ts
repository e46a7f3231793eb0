// Tests the list of receivers. Two readers maintain the list and change the same record. A reader
// also deletes a record while the other reader edits it. The referral form offers the list. A
// caseworker does not see the list.
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
// The first name comes after the shelter's name in the list, and the second name comes before it.
const [LAWYER, RENAMED] = ['Юрист', '"Юрист" борбору']
const [CONTACT, LATER, LAST] = ['Айша, 0555 000 111', 'Айша, 0555 000 222', 'Айша, түнкүсүн']

/**
 * The address of the list. A change is sent to an address whose path extends the path of the list.
 */
const RECEIVERS = /\/receivers$/

let team: Team
test.beforeAll(async ({ browser }) => {
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
const change = async (page: Page, name = SHELTER): Promise<void> => {
  await press(page, `${say('receivers.change')}: ${name}`)
  await expect(field(page, 'name')).toBeFocused()
}

const remove = async (page: Page, name: string): Promise<void> => {
  await press(page, `${say('receivers.delete')}: ${name}`)
  await press(page, say('receivers.delete'))
  await expect(card(page).getByText(name)).toHaveCount(0)
}
/** Makes a page poll immediately, as a tab does when a person returns to it. */
const poll = (page: Page): Promise<void> =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
/** Returns true when closing the tab would warn of unsaved words. */
const warnsOnLeaving = (page: Page): Promise<boolean> =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))

async function lockAndUnlock(page: Page): Promise<void> {
  await buttonOf(page, 'staff.lock').click()
  await buttonOf(page, 'staff.locked.passkey').click()
}

async function openList(page: Page): Promise<void> {
  await openScreen(page, 'staff.screen.register')
  await list(page).locator('summary').click()
}

test('Readers keep the receivers, and a referral takes one from the list', async () => {
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
    await lockAndUnlock(aigul)
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
    // Without the newer list, no press overwrites the change.
    await bermet.route(RECEIVERS, (route) => route.abort())
    for (let tried = 0; tried < 2; tried++) {
      await press(bermet, say('receivers.save'))
      await expect(list(bermet)).toContainText(words('staff.error.record_changed'))
      await expect(list(bermet)).toContainText(words('staff.report.stale'))
    }
    await expect(card(bermet)).not.toContainText(LATER)
    await bermet.unroute(RECEIVERS)
    await press(bermet, say('receivers.save'))
    await expect(card(bermet)).toContainText(LATER)
    await expect(list(bermet)).toContainText(words('staff.error.record_changed'))
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

  await test.step('A new order of the list leaves the focus in a form', async () => {
    await press(bermet, say('receivers.add'))
    await field(bermet, 'name').fill(LAWYER)
    await press(bermet, say('receivers.save'))
    await expect(card(bermet)).toContainText([SHELTER, LAWYER])
    await poll(aigul)
    await expect(card(aigul)).toContainText([SHELTER, LAWYER])
    await change(aigul)
    await field(aigul, 'contact').fill(LATER)
    await change(bermet, LAWYER)
    await field(bermet, 'name').fill(RENAMED)
    await press(bermet, say('receivers.save'))
    await expect(card(bermet)).toContainText([RENAMED, SHELTER])
    await poll(aigul)
    await expect(card(aigul)).toContainText([RENAMED, SHELTER])
    await expect(field(aigul, 'contact')).toBeFocused()
    await remove(bermet, RENAMED)
    await poll(aigul)
    await expect(card(aigul)).toHaveCount(1)
    await press(aigul, say('receivers.drop'))
  })

  await test.step('Words about a deleted receiver stay until dropped', async () => {
    await change(aigul)
    await card(aigul).getByLabel(say('receivers.contact'), { exact: true }).fill(LATER)
    await press(aigul, say('receivers.add'))
    const added = list(aigul).locator('form').last()
    await expect(added.getByLabel(say('receivers.name'), { exact: true })).toBeFocused()
    await added.getByLabel(say('receivers.name'), { exact: true }).fill(SHELTER)
    await remove(bermet, SHELTER)
    const save = card(aigul).getByRole('button', { name: say('receivers.save'), exact: true })
    await save.click()
    await expect(card(aigul)).toContainText(say('receivers.gone'))
    await expect(list(aigul)).not.toContainText(words('staff.error.record_changed'))
    await expect(save).toBeFocused()
    const contact = card(aigul).getByLabel(say('receivers.contact'), { exact: true })
    await expect(contact).toHaveValue(LATER)
    await expectAccessible(aigul)
    await card(aigul)
      .getByRole('button', { name: say('receivers.drop'), exact: true })
      .click()
    await expect(card(aigul)).toHaveCount(0)
    await expect(list(aigul).locator('summary')).toBeFocused()
    await expect(field(aigul, 'name')).toHaveValue(SHELTER)
    await press(aigul, say('receivers.save'))
    await expect(card(aigul)).toContainText(SHELTER)
    expect(await warnsOnLeaving(aigul)).toBe(false)
  })

  await test.step('Words about a deleted receiver stay, and are saved anew', async () => {
    await change(aigul)
    await field(aigul, 'contact').fill('')
    await field(aigul, 'contact').pressSequentially(LAST.slice(0, 4))
    await poll(bermet)
    await remove(bermet, SHELTER)
    await poll(aigul)
    await expect(card(aigul)).toContainText(say('receivers.gone'))
    await expect(list(aigul)).toContainText(say('receivers.none'))
    await expect(field(aigul, 'contact')).toBeFocused()
    await aigul.keyboard.type(LAST.slice(4))
    await expect(field(aigul, 'contact')).toHaveValue(LAST)
    expect(await warnsOnLeaving(aigul)).toBe(true)
    await lockAndUnlock(aigul)
    await expect(card(aigul)).toContainText(say('receivers.gone'))
    await expect(field(aigul, 'contact')).toHaveValue(LAST)
    await press(aigul, say('receivers.save'))
    await expect(card(aigul).locator('form')).toHaveCount(0)
    await expect(card(aigul)).toContainText(LAST)
    await expect(list(aigul)).toContainText(say('receivers.saved'))
    await expect(list(aigul).locator('summary')).toBeFocused()
    expect(await warnsOnLeaving(aigul)).toBe(false)
    await poll(bermet)
    await expect(card(bermet)).toContainText(LAST)
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
    await expect(
      cholpon.getByText(say('register.none', { title: words('staff.screen.register') })),
    ).toBeVisible()
    await expect(list(cholpon)).toHaveCount(0)
  })
})
