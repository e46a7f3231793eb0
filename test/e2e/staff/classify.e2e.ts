// Classifies a person with the keyboard, in Kyrgyz: a suggestion, codes and a country. The answers
// survive locking the app and reloading the page. The form for a letter taken by telephone also
// asks two questions about people.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, makeTeam, openScreen, words, type Team } from '../support/team.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'classify')
})
test.afterAll(() => team.stop())

const TEXT = 'Кирпич заводдо төрт кызбыз 7731'
const CALL = 'Сиңдим Түркияда, чалганда ыйлады 7732'
const NAME = 'Айпери'
const say = (key: string, fill: Record<string, string> = {}): string =>
  words(`staff-class.${key}`, fill)
const persons = (page: Page): Locator => page.locator('section[aria-labelledby=persons-title]')
const form = (page: Page): Locator => persons(page).locator('.classes')
const classify = (page: Page): Locator =>
  persons(page).getByRole('button', { name: words('staff.person.classify.of', { name: NAME }) })
const suggestion = (page: Page, code: string): Locator =>
  form(page).locator('.suggestion').filter({ hasText: code })
const choice = (page: Page, group: string, name: string): Locator =>
  form(page)
    .getByRole('group', { name: say(group), exact: true })
    .getByLabel(name, { exact: true })

/** Presses Tab until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, there: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await there.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the keyboard does not reach the element')
}

/** Tests that the form fits a small phone, and a phone with large text. */
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

test('A person is classified by the keyboard, and a reload shows the answers', async () => {
  test.setTimeout(300_000)
  const { aigul: page } = team
  await buttonOf(page, 'staff.back').click()
  const signs = ['WithholdsDocuments' as const, 'DebtBondage' as const]
  const answers = { people: '2-5' as const, under18: 'no' as const, place: 'Россия' }
  await sendSealedReport({ text: TEXT, signs, ...answers }, [], team.server.origin)
  await showReport(page, TEXT)

  await test.step('The case shows how many people it is, and that nobody is under 18', async () => {
    const facts = page.locator('.letter-facts')
    await expect(facts.getByText(words('staff.people', { n: '2–5' }))).toBeVisible()
    await expect(facts.getByText(words('staff.minor.no'))).toBeVisible()
  })

  await test.step('A new form presets nothing, and suggests without a count', async () => {
    await buttonOf(page, 'staff.person.add').click()
    await persons(page).getByLabel(words('staff.person.name')).fill(NAME)
    await persons(page)
      .getByRole('button', { name: words('staff.record.save') })
      .click()
    await tabTo(page, classify(page))
    await page.keyboard.press('Enter')
    await expect(form(page).locator('h5')).toBeFocused()
    await expect(form(page).locator('.suggestion')).toHaveCount(4)
    await expect(form(page).locator('.suggestion[aria-pressed="true"]')).toHaveCount(0)
    await expect(form(page).locator('input[type=checkbox]:checked')).toHaveCount(0)
    for (const group of ['field.gender', 'field.under18', 'field.ageband', 'field.status'])
      await expect(choice(page, group, say('none'))).toBeChecked()
    await expectAccessible(page)
  })

  await test.step('A suggestion is pressed, taken back, and pressed again', async () => {
    const debt = suggestion(page, say('control.debtbondage'))
    await tabTo(page, debt)
    for (const pressed of ['true', 'false', 'true']) {
      await page.keyboard.press('Space')
      await expect(debt).toHaveAttribute('aria-pressed', pressed)
      await expect(debt).toBeFocused()
    }
    await expect(form(page).locator('.suggestion[aria-pressed="true"]')).toHaveCount(1)
  })

  await test.step('A choice, a code of a folded list and a country are answered', async () => {
    await tabTo(page, choice(page, 'field.gender', say('none')))
    await page.keyboard.press('ArrowRight')
    await expect(choice(page, 'field.gender', say('gender.feminine'))).toBeChecked()
    await tabTo(page, form(page).locator('.class-countries').first().locator('input[type=text]'))
    await page.keyboard.type('Кыргызстан')
    await page.keyboard.press('Enter')
    await expect(form(page).locator('.class-countries').first().locator('li')).toHaveText(
      /Кыргызстан/,
    )
    const exploitation = form(page)
      .locator('.class-codes')
      .filter({ hasText: say('field.exploitation') })
    await tabTo(page, exploitation.locator('summary').first())
    await page.keyboard.press('Enter')
    await tabTo(page, exploitation.locator('input').first())
    await page.keyboard.press('Space')
    await expect(exploitation.locator('summary').first()).toHaveText(
      say('exploitation.forcedlabour'),
    )
    await expectAccessible(page)
    await expectFits(page)
  })

  await test.step('A lock in between loses no answer', async () => {
    await buttonOf(page, 'staff.lock').click()
    await buttonOf(page, 'staff.locked.passkey').click()
    await showReport(page, TEXT)
    await expect(choice(page, 'field.gender', say('gender.feminine'))).toBeChecked()
    await expect(suggestion(page, say('control.debtbondage'))).toHaveAttribute(
      ...(['aria-pressed', 'true'] as const),
    )
  })

  await test.step('A status needs whose decision it is, and a country needs its name', async () => {
    await choice(page, 'field.status', say('status.actualvictimoftrafficking')).check()
    const country = form(page).locator('.class-countries').last().locator('input[type=text]')
    await country.fill('Атлантида')
    await page.keyboard.press('Control+Enter')
    await expect(form(page).getByText(say('decidedby.missing'))).toBeVisible()
    const deciders = form(page).getByRole('group', { name: say('field.decidedby'), exact: true })
    await expect(deciders.getByRole('radio').first(), 'the first mistake').toBeFocused()
    await choice(page, 'field.decidedby', say('decidedby.police')).check()
    await page.keyboard.press('Control+Enter')
    await expect(country).toBeFocused()
    await country.fill('')
    await page.keyboard.press('Control+Enter')
    await expect(form(page)).toHaveCount(0)
    await expect(classify(page)).toBeFocused()
  })

  const expectFacts = async (): Promise<void> => {
    const facts = persons(page).locator('.facts')
    for (const text of [
      say('gender.feminine'),
      'Кыргызстан',
      say('control.debtbondage'),
      say('exploitation.forcedlabour'),
      say('status.by', {
        status: say('status.actualvictimoftrafficking'),
        who: say('decidedby.police'),
      }),
    ])
      await expect(facts.getByText(text, { exact: true })).toBeVisible()
    await expect(persons(page).getByText(say('field.industry'))).toBeVisible()
  }

  await test.step('The answers are there after a reload', async () => {
    await expectFacts()
    await page.reload()
    await buttonOf(page, 'staff.locked.passkey').click()
    await showReport(page, TEXT)
    await expectFacts()
    await expectAccessible(page)
    await expectFits(page)
  })
})

test('A call asks about people after a sentence about the law, and can skip both', async () => {
  const { aigul: page } = team
  await openScreen(page, 'staff.screen.letter')
  const young = page.getByRole('group', { name: say('young'), exact: true })
  await expect(young.getByLabel(say('skip'), { exact: true })).toBeChecked()
  const law = young.getByText(say('law'))
  const [above, below] = [
    await law.boundingBox(),
    await young.getByLabel(say('under18.yes')).boundingBox(),
  ]
  expect(above!.y).toBeLessThan(below!.y)
  await page.getByLabel(words('staff.letter.text')).fill(CALL)
  await young.getByLabel(say('under18.yes'), { exact: true }).check()
  await expectAccessible(page)
  await buttonOf(page, 'staff.letter.store').click()
  await buttonOf(page, 'staff.letter.open').click()
  await expect(page.locator('.head-line .is-child')).toHaveText(words('staff.minor.yes'))
})
