// Refers a person under 18 with the consent of a parent. An accused relative is not asked for
// consent, and two colleagues sign before anything is sent.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, joinAsReader, makeTeam, words, type Team } from '../support/team.ts'

const TEXT = 'Кызымды башка шаарга алып кетишти 8701'
const CHILD = 'Айпери'
const [MOTHER, UNCLE] = ['Гүлнара, апасы', 'Болот, тайкеси'] as const
const SHELTER = 'Тунук баш калкалоо жайы'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'referral-child')
})
test.afterAll(() => team.stop())

const say = (key: string, fill: Record<string, string> = {}): string =>
  words(`staff-referral.${key}`, fill)
const referralsIn = (page: Page): Locator =>
  page.locator('section[aria-labelledby=referrals-title]')
const rows = (page: Page): Locator => referralsIn(page).locator('.referrals > li')
const field = (page: Page, key: string): Locator =>
  referralsIn(page).getByLabel(say(key), { exact: true })
const press = (page: Page, key: string): Promise<void> =>
  referralsIn(page)
    .getByRole('button', { name: say(key), exact: true })
    .click()
const choose = (page: Page, group: string, key: string): Promise<void> =>
  referralsIn(page)
    .getByRole('group', { name: say(group), exact: true })
    .getByRole('radio', { name: say(key), exact: true })
    .check()

async function addPerson(page: Page, name: string, role: string, age = ''): Promise<void> {
  const people = page.locator('section[aria-labelledby=persons-title]')
  const of = (key: string): Locator =>
    people.getByLabel(words(`staff.person.${key}`), { exact: true })
  await buttonOf(page, 'staff.person.add').click()
  await of('name').fill(name)
  await of('role').selectOption(role)
  await of('age').fill(age)
  await people.getByRole('button', { name: words('staff.record.save'), exact: true }).click()
  await expect(people).toContainText(name)
}

async function changeRole(page: Page, name: string, role: string): Promise<void> {
  const people = page.locator('section[aria-labelledby=persons-title]')
  await buttonOf(page, 'staff.person.change.of', { name }).click()
  await people.getByLabel(words('staff.person.role'), { exact: true }).selectOption(role)
  await people.getByRole('button', { name: words('staff.record.save'), exact: true }).click()
  await expect(buttonOf(page, 'staff.person.change.of', { name })).toBeVisible()
}

test('A parent agrees for a child, and two colleagues sign', async () => {
  const bermet = await joinAsReader(team, 'Бермет')
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()
  await sendSealedReport({ text: TEXT }, [], team.server.origin)
  await showReport(aigul, TEXT)
  await addPerson(aigul, CHILD, 'victim', '15')
  await addPerson(aigul, MOTHER, 'relative')
  await addPerson(aigul, UNCLE, 'suspect')

  await test.step('The mother is asked, and the text speaks of her child', async () => {
    await buttonOf(aigul, 'staff.referral.add').click()
    await field(aigul, 'letter.about').selectOption(CHILD)
    await field(aigul, 'receiver').fill(SHELTER)
    await field(aigul, 'answers').fill('Айгүл, кезметчи')
    await choose(aigul, 'field.age', 'form.band')
    const who = field(aigul, 'who_agrees')
    await expect(who.getByRole('option')).toHaveText([say('who_agrees.person'), MOTHER])
    const aloud = referralsIn(aigul).locator('.read-aloud').last()
    const answer = (key: string): Locator =>
      aloud.getByRole('radio', { name: say(key), exact: true })
    await answer('answer.call').check()
    await who.selectOption(MOTHER)
    await expect(aloud).toContainText(say('consent.no.parent'))
    // The child's answer is separate from the mother's answer.
    await expect(answer('answer.unasked')).toBeChecked()
    await answer('answer.call').check()
    await choose(aigul, 'child.safe', 'child.safe.yes')
    await field(aigul, 'child.wants').fill('Апасына кайткысы келет')
    await expectAccessible(aigul)
  })

  const letter = aigul.locator('.letter-preview')
  await test.step('The letter says that a parent agreed', async () => {
    await press(aigul, 'make')
    await expect(letter).toContainText(say('letter.consent.parent', { day: '' }).slice(0, 12))
  })

  await test.step('No letter is signed while the parent is recorded as accused', async () => {
    await changeRole(aigul, MOTHER, 'suspect')
    await expect(letter).toHaveCount(0)
    await changeRole(aigul, MOTHER, 'relative')
    await expect(letter).toBeVisible()
  })

  await test.step('A second colleague signs', async () => {
    await press(aigul, 'save')
    await expect(rows(aigul)).toContainText(say('owed.second'))
    await showReport(bermet, TEXT)
    await press(bermet, 'read_sign')
    await press(bermet, 'second.go')
    await expect(rows(bermet)).toContainText(say('owed.send'))
  })
})
