// Refers a case with consent that was read aloud, and revokes the consent. A referral that is made
// because of danger to life needs a second signature. Two readers and a caseworker work in three
// browsers, until the case is closed and two answers have arrived.
import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDayOf } from '#content/clock.ts'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
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

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'referral')
})
test.afterAll(() => team.stop())

const TEXT = 'Кирпич заводдон качып чыктым 6641'
/** A day so far ahead that no answer becomes overdue during the test. */
const FAR_DAY = '2031-05-04'
const LETTER_DAY = '2031-04-02'
const CASEWORKER = 'Чолпон'
const [SHELTER, POLICE] = ['Тунук баш калкалоо жайы', 'Милиция'] as const
const say = (key: string, fill: Record<string, string> = {}): string =>
  words(`staff-referral.${key}`, fill)
const referralsIn = (page: Page): Locator =>
  page.locator('section[aria-labelledby=referrals-title]')
const rows = (page: Page): Locator => referralsIn(page).locator('.referrals > li')
const press = (page: Page, key: string): Promise<void> =>
  referralsIn(page)
    .getByRole('button', { name: say(key), exact: true })
    .click()
const field = (page: Page, key: string): Locator =>
  referralsIn(page).getByLabel(say(key), { exact: true })
const choose = (page: Page, group: string, key: string): Promise<void> =>
  referralsIn(page)
    .getByRole('group', { name: say(group), exact: true })
    .getByRole('radio', { name: say(key), exact: true })
    .check()

/** Tests that the screen fits a small phone, and a phone with large text. */
async function expectFits(page: Page): Promise<void> {
  const cdp = await openTextSession(page)
  await page.setViewportSize({ width: 320, height: 640 })
  const inside = page
    .locator('.case-tabs')
    .getByRole('button', { name: words('staff.inside.short') })
  if (await inside.isVisible()) await inside.click()
  await expectNoSideways(page)
  await page.setViewportSize(PHONE)
  await setTextSize(cdp, 200)
  await expectNoSideways(page)
  await setTextSize(cdp, 100)
  await page.setViewportSize({ width: 1280, height: 800 })
}

async function begin(page: Page, receiver: string): Promise<void> {
  await buttonOf(page, 'staff.referral.add').click()
  await expect(page.locator('#referral-form-title')).toBeFocused()
  await field(page, 'receiver').fill(receiver)
  await field(page, 'answers').fill('Айгүл, кезметчи')
}

test('A referral leaves with consent, is accepted, taken back and told', async () => {
  test.setTimeout(300_000)
  const bermet = await joinAsReader(team, 'Бермет')
  const cholpon = await joinAs(team, 'caseworker', CASEWORKER)
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()
  await sendSealedReport({ text: TEXT }, [], team.server.origin)
  await showReport(aigul, TEXT)

  await test.step('Without an answer to the text no letter is made', async () => {
    await begin(aigul, SHELTER)
    await press(aigul, 'make')
    await expect(referralsIn(aigul).getByText(say('fields.none'))).toBeVisible()
    // The text to read aloud is not shown yet, so the form does not ask for its answer.
    await expect(referralsIn(aigul).getByText(say('answer.needed'))).toHaveCount(0)
    await expect(referralsIn(aigul).getByText(say('read_aloud.later'))).toBeVisible()
    await referralsIn(aigul)
      .getByText(say('fields.more', { n: '12' }))
      .click()
    await field(aigul, 'field.age').fill('24')
    await choose(aigul, 'field.age', 'form.band')
    await press(aigul, 'make')
    await expect(referralsIn(aigul).getByText(say('answer.needed'))).toBeVisible()
    await expectAccessible(aigul)
    await expectFits(aigul)
  })

  await test.step('A lock in between loses nothing that was written or heard', async () => {
    await choose(aigul, 'answer', 'answer.call')
    await buttonOf(aigul, 'staff.lock').click()
    await buttonOf(aigul, 'staff.locked.passkey').click()
    await showReport(aigul, TEXT)
    await expect(field(aigul, 'receiver')).toHaveValue(SHELTER)
    await expect(
      referralsIn(aigul).getByRole('radio', { name: say('answer.call'), exact: true }),
    ).toBeChecked()
  })

  await test.step('The letter is shown from its file, and is signed below it', async () => {
    await field(aigul, 'until').fill(LETTER_DAY)
    await press(aigul, 'make')
    await expect(aigul.locator('#referral-preview')).toBeFocused()
    await expect(aigul.locator('.letter-preview')).toContainText(SHELTER)
    await expect(aigul.locator('.letter-preview')).toContainText(say('band.from18'))
    await expectAccessible(aigul)
    await expectFits(aigul)
    await press(aigul, 'save')
    await expect(aigul.locator('#referrals-title')).toHaveText(
      words('staff.referral.title', { n: '1' }),
    )
    await expect(rows(aigul)).toContainText(SHELTER)
    await expect(rows(aigul)).toContainText(say('owed.send'))
    await expect(referralsIn(aigul).getByText(words('staff.referral.saved'))).toBeVisible()
  })

  await test.step('A colleague reads it, saves the page, and says that it left', async () => {
    await press(aigul, 'read_give')
    await expect(aigul.locator('.letter-preview')).toContainText(SHELTER)
    await expectFits(aigul)
    const saving = aigul.waitForEvent('download')
    await press(aigul, 'give.page')
    const page = readFileSync(await (await saving).path(), 'utf8')
    expect(page).toContain('<html')
    expect(page).not.toContain(SHELTER)
    await press(aigul, 'do.sent')
    await expect(field(aigul, 'until')).toHaveValue(LETTER_DAY)
    await field(aigul, 'until').fill(FAR_DAY)
    await press(aigul, 'do.sent')
    await expect(rows(aigul)).toContainText('04.05.2031')
    await expect(rows(aigul).getByText(say('state.sent'), { exact: true })).toBeVisible()
    await expect(referralsIn(aigul).getByText(words('staff.referral.saved'))).toHaveCount(0)
  })

  await test.step('A colleague writes the answer, and the person has to hear it', async () => {
    await showReport(bermet, TEXT)
    await press(bermet, 'do.accepted')
    await press(bermet, 'do.accepted')
    await expect(referralsIn(bermet).getByText(say('step.missing'))).toBeVisible()
    await choose(bermet, 'told.heard', 'told.no')
    await field(bermet, 'told.why').fill('Түнкүсүн гана окуйт')
    await field(bermet, 'told.on').fill(localDayOf(Date.now()))
    await press(bermet, 'do.accepted')
    await expect(rows(bermet)).toContainText(say('owed.tell_person'))
    await expectAccessible(bermet)
    await expectFits(bermet)
  })

  await test.step('It is taken back, and the receiver is told', async () => {
    await press(bermet, 'do.revoked')
    await expect(referralsIn(bermet).getByText(say('revoke.read'))).toBeVisible()
    await expectFits(bermet)
    await choose(bermet, 'told.heard', 'told.yes')
    await press(bermet, 'do.revoked')
    await expect(rows(bermet)).toContainText(say('owed.tell_receiver'))
    await press(bermet, 'do.told')
    await field(bermet, 'revoked.how').fill('Телефон менен')
    await choose(bermet, 'revoked.answer', 'revoked.deleted')
    await press(bermet, 'do.told')
    await expect(rows(bermet)).toContainText(say('revoked.deleted'))
    await expect(rows(bermet).getByText(say('owed.tell_receiver'))).toHaveCount(0)
  })

  await test.step('A life in danger: the least leaves, and another hand signs', async () => {
    await begin(bermet, POLICE)
    await choose(bermet, 'receiver', 'receiver.authority')
    await choose(bermet, 'basis', 'basis.life')
    await expect(field(bermet, 'field.name')).toHaveCount(0)
    await field(bermet, 'field.danger').fill('Бүгүн түнү алып кетишет')
    await choose(bermet, 'field.danger', 'form.whole')
    await press(bermet, 'make')
    await expect(referralsIn(bermet).getByText(say('basis.missing'))).toBeVisible()
    await choose(bermet, 'told.knows', 'told.no')
    await expectFits(bermet)
    await field(bermet, 'told.why').fill('Телефону өчүк')
    await choose(bermet, 'way', 'way.paper')
    await press(bermet, 'make')
    await expect(bermet.locator('.letter-preview')).toContainText('Бүгүн түнү алып кетишет')
    await press(bermet, 'save')
    await expect(rows(bermet)).toHaveCount(2)
    await expect(rows(bermet).first()).toContainText(say('owed.second'))
    await expect(
      rows(bermet)
        .first()
        .getByRole('button', { name: say('read_sign'), exact: true }),
    ).toHaveCount(0)
    await buttonOf(aigul, 'staff.lock').click()
    await buttonOf(aigul, 'staff.locked.passkey').click()
    await showReport(aigul, TEXT)
    await press(aigul, 'read_sign')
    await expect(rows(aigul).first().locator('.letter-preview')).toContainText(
      'Бүгүн түнү алып кетишет',
    )
    await press(aigul, 'second.go')
    await expect(rows(aigul).first()).toContainText(say('second'))
    await expect(rows(aigul).getByText(say('owed.second'))).toHaveCount(0)
    await aigul.setViewportSize({ width: 360, height: 640 })
    await aigul
      .locator('.case-tabs')
      .getByRole('button', { name: words('staff.inside.short') })
      .click()
    await expect(rows(aigul).first()).toBeVisible()
    await expectNoSideways(aigul)
    await aigul.setViewportSize({ width: 1280, height: 800 })
  })

  await test.step('The register shows what has to happen next, and leads to the case', async () => {
    await openScreen(bermet, 'staff.screen.register')
    const ready = bermet.getByRole('region', { name: say('register.send'), exact: true })
    await expect(ready.getByRole('listitem')).toContainText(POLICE)
    await expect(bermet.locator('.register li:visible')).toHaveCount(1)
    await bermet.getByText(say('register.over')).click()
    await expect(bermet.locator('.register li:visible')).toHaveCount(2)
    await bermet.getByLabel(say('receiver'), { exact: true }).selectOption(SHELTER)
    await expect(bermet.locator('.register li:visible')).toHaveCount(1)
    await expectAccessible(bermet)
    await bermet.setViewportSize({ width: 360, height: 640 })
    await expectNoSideways(bermet)
    await bermet.setViewportSize({ width: 1280, height: 800 })
    await bermet.locator('.register button').click()
    await expect(rows(bermet)).toHaveCount(2)
  })

  await test.step('The caseworker who gets the case reads the letter that left', async () => {
    await buttonOf(aigul, 'staff.assign.give').click()
    await aigul.locator('.assignee .choice').filter({ hasText: CASEWORKER }).click()
    await buttonOf(aigul, 'staff.assign.go', { name: CASEWORKER }).click()
    await expect(aigul.getByText(words('staff.assign.done'))).toBeVisible()
    await showReport(cholpon, TEXT)
    await expect(rows(cholpon)).toHaveCount(2)
    await rows(cholpon)
      .last()
      .getByRole('button', { name: say('read'), exact: true })
      .click()
    await expect(rows(cholpon).locator('.letter-preview')).toContainText(SHELTER)
    await press(cholpon, 'page.close')
  })

  await test.step('She writes the help down, closes, and two answers come later', async () => {
    const tasks = cholpon.locator('section[aria-labelledby=tasks-title] > .tasks > li')
    await buttonOf(cholpon, 'staff.help.add').click()
    await buttonOf(cholpon, 'staff.help.kind.shelter').click()
    await expect(cholpon.getByText(words('staff.help.saved'))).toBeVisible()
    await buttonOf(cholpon, 'staff.status.to.closed').click()
    await cholpon.getByLabel(words('staff.close.helped')).check()
    for (const question of ['way', 'wish'])
      await cholpon
        .getByLabel(words(`staff.follow.${question}`), { exact: true })
        .selectOption('yes')
    await cholpon.getByLabel(words('staff.close.danger'), { exact: true }).fill('Тунукта')
    await buttonOf(cholpon, 'staff.close.go').click()
    await expect(tasks).toHaveCount(4)
    for (const left of [3, 2]) {
      await tasks
        .first()
        .getByRole('button', { name: words('staff.follow.safe') })
        .click()
      await buttonOf(cholpon, 'staff.follow.save').click()
      await expect(tasks).toHaveCount(left)
    }
  })
})
