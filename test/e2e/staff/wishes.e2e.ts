// Tests whose wish takes priority in a case, the notes beside each letter, and assigning against a
// wish. The test checks every screen on a desktop and on a phone.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { KIND } from '#protocol/report/envelope'
import { minuteOf } from '#protocol/time'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, joinAs, makeTeam, openScreen, words, type Team } from '../support/team.ts'

// The tests share one team and its cases, so they run in order.
test.describe.configure({ mode: 'serial' })

const VICTIM = 'Мени чыгарбай жатышат 7301'
const WITNESS = 'Кошуна үйдөн кыйкырык угулат 7302'
const NAMED = 'Бул жөнүндө Чолпонго айтпаңыздар 7303'
const NAME = 'Чолпон'
const AVOID = 'Кечинде чалбаңыз'
const REASON = 'Чолпон баш калкалоочу жайды билет 7304'

let team: Team
let cholpon: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'wishes')
  cholpon = await joinAs(team, 'caseworker', NAME)
  const { origin } = team.server
  const now = Date.now()
  const told = {
    ...{ text: VICTIM, at: minuteOf(now), consent: 'helpers' as const, place: 'Новосибирск' },
    ...{ signs: ['WithholdsDocuments' as const], contact: { avoid: AVOID } },
  }
  await sendSealedReport(told, [], origin)
  const seen = { text: WITNESS, at: minuteOf(now - 3_600_000), consent: 'anonymous' as const }
  await sendSealedReport({ ...seen, place: 'Бишкек' }, [], origin, { kind: KIND.tip })
  await openScreen(team.aigul, 'staff.screen.reports')
})
test.afterAll(() => team.stop())

const consent = (wish: string): string => words(`staff.consent.${wish}`)
const leading = (page: Page): Locator => page.locator('.leading-wish')
const letter = (page: Page, text: string): Locator =>
  page.locator('.thread li').filter({ hasText: text }).locator('.letter-facts')

async function expectFine(page: Page): Promise<void> {
  for (const size of [
    { width: 360, height: 640 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size)
    await expectNoSideways(page)
  }
  await expectAccessible(page)
}

test('The comparison shows both wishes, the merged ones, and the facts of letters', async () => {
  const { aigul } = team
  await showReport(aigul, VICTIM)
  await expect(leading(aigul)).toContainText(consent('helpers'))
  await buttonOf(aigul, 'staff.merge.open').click()
  await buttonOf(aigul, 'staff.merge.show').click()
  const [own, other] = [0, 1].map((at) => aigul.locator('.merge-sides .card').nth(at))
  await expect(own!).toContainText(consent('helpers'))
  await expect(own!).toContainText('Новосибирск')
  await expect(own!).toContainText(AVOID)
  await expect(other!).toContainText(consent('anonymous'))
  await expect(other!).toContainText('Бишкек')
  const merged = aigul.locator('.merged-wish')
  await expect(merged).toContainText(words('staff.merge.differ'))
  await expect(merged.locator('.wish').first()).toContainText(consent('helpers'))
  await expect(merged.locator('.wish').last()).toContainText(consent('anonymous'))
  await expectFine(aigul)
  await buttonOf(aigul, 'staff.merge.go').click()
  await expect(aigul.getByText(words('staff.merge.done'))).toBeVisible()
})

test('A merged case has both wishes at the top, and each beside its own letter', async () => {
  const { aigul } = team
  await expect(leading(aigul).locator('.wish').first()).toContainText(consent('helpers'))
  await expect(leading(aigul).getByText(words('staff.wish.others'))).toBeVisible()
  await expect(leading(aigul).locator('.wish').nth(1)).toContainText(consent('anonymous'))
  await expect(letter(aigul, VICTIM)).toContainText(consent('helpers'))
  await expect(letter(aigul, VICTIM)).toContainText('Новосибирск')
  await expect(letter(aigul, VICTIM)).toContainText(words('staff.sign.documents'))
  await expect(letter(aigul, VICTIM)).toContainText(AVOID)
  await expect(letter(aigul, WITNESS)).toContainText(consent('anonymous'))
  await expect(letter(aigul, WITNESS)).toContainText('Бишкек')
  // The witness's letter comes first because it is an hour older, although the case is the
  // victim's.
  await expect(aigul.locator('.thread > li').first()).toContainText(WITNESS)
  await expect(aigul.locator('.thread > li').first()).toContainText(
    words('staff.thread.of', { n: '1', m: '2' }),
  )
})

test('The advice for a safe reply stays in a merged case before anybody is chosen', async () => {
  const { aigul } = team
  const box = aigul.locator('.contact-line')
  await expect(box).toBeVisible()
  await expect(box).toContainText(AVOID)
  await expect(box.locator('.contact')).toHaveCount(2)
  await aigul.locator('.thread-choice .choice').filter({ hasText: WITNESS }).click()
  await expect(box.locator('.contact')).toHaveCount(1)
  await expect(box).toContainText(words('staff.contact.none'))
  await expectFine(aigul)
})

test('A wish that is heard later leads, and nobody known lets the strictest one lead', async () => {
  const { aigul } = team
  await aigul.locator('.wish-more summary').click()
  await buttonOf(aigul, 'staff.wish.write').click()
  const whose = aigul.getByLabel(words('staff.wish.whose'))
  await expect(whose).toBeFocused()
  await aigul.locator('.wish-more .go').click()
  await expect(aigul.getByText(words('staff.wish.missing'))).toBeVisible()
  await aigul.getByLabel(words('staff.wish.what')).selectOption('withdrawn')
  await aigul.getByLabel(words('staff.wish.text')).fill('Эми керек эмес 7305')
  await expectFine(aigul)
  await aigul.locator('.wish-more .go').click()
  await expect(leading(aigul).locator('.wish').first()).toContainText(consent('withdrawn'))
  await expect(leading(aigul).locator('.wish').first()).toContainText('Айгүл')
  await expect(aigul.locator('#wish-title')).toBeFocused()
  await expect(letter(aigul, VICTIM)).toContainText(consent('withdrawn'))
  await expect(letter(aigul, WITNESS)).toContainText(consent('anonymous'))

  await buttonOf(aigul, 'staff.wish.about.open').click()
  for (const tick of await aigul.locator('.wish-more input[type=checkbox]').all())
    await tick.uncheck()
  await buttonOf(aigul, 'staff.wish.about.nobody').click()
  await expect(leading(aigul).getByText(words('staff.wish.strictest'))).toBeVisible()
  await buttonOf(aigul, 'staff.wish.about.open').click()
  await aigul.locator('.wish-more input[type=checkbox]').first().check()
  await aigul.locator('.wish-more .go').click()
  // The witness is now the first writer.
  await expect(leading(aigul).locator('.wish').first()).toContainText(consent('anonymous'))
})

test('A case goes to a colleague against a wish only with a reason, which stays', async () => {
  const { aigul } = team
  await buttonOf(aigul, 'staff.assign.give').click()
  await expect(aigul.locator('.assignee form .wish').first()).toContainText(consent('anonymous'))
  await aigul.locator('.assignee .choice').filter({ hasText: NAME }).click()
  await expect(aigul.locator('.against')).toContainText(words('staff.give.wish'))
  await expectFine(aigul)
  await buttonOf(aigul, 'staff.give.go', { name: NAME }).click()
  await expect(aigul.locator('.assignee .refused')).toBeVisible()
  await buttonOf(aigul, 'staff.give.ask').click()
  await expect(aigul.locator('#answer-title')).toBeFocused()
  await buttonOf(aigul, 'staff.assign.give').click()
  await aigul.locator('.assignee .choice').filter({ hasText: NAME }).click()
  await aigul.getByLabel(words('staff.give.reason', { name: NAME })).fill(REASON)
  await buttonOf(aigul, 'staff.give.go', { name: NAME }).click()
  await expect(aigul.getByText(words('staff.assign.done'))).toBeVisible()
  await expect(aigul.locator('.notes')).toContainText(REASON)
  await aigul.locator('.timeline > summary').click()
  await expect(aigul.locator('.events')).toContainText(REASON)
  await showReport(cholpon, VICTIM)
  await expect(leading(cholpon).locator('.wish').first()).toContainText(consent('anonymous'))
  await expect(cholpon.locator('.notes')).toContainText(REASON)
  await expect(cholpon.locator('.report [role=alert] p')).toHaveCount(0)
})

test('The paper has the same wishes, facts and advice', async () => {
  const { aigul } = team
  await aigul.emulateMedia({ media: 'print' })
  await aigul.evaluate(() => dispatchEvent(new Event('beforeprint')))
  for (const wish of ['anonymous', 'withdrawn'])
    await expect(leading(aigul).getByText(consent(wish)).first()).toBeVisible()
  for (const text of [VICTIM, WITNESS]) await expect(letter(aigul, text)).toBeVisible()
  await expect(letter(aigul, VICTIM)).toContainText('Новосибирск')
  await expect(aigul.locator('.contact-line')).toBeVisible()
  await expect(leading(aigul).getByRole('button')).toHaveCount(0)
  await aigul.evaluate(() => dispatchEvent(new Event('afterprint')))
  await aigul.emulateMedia({ media: 'screen' })
})

test('A letter that names the colleague asks for a reason, whatever the wish', async () => {
  const { aigul, server } = team
  await sendSealedReport({ text: NAMED, consent: 'helpers' }, [], server.origin)
  await showReport(aigul, NAMED)
  await buttonOf(aigul, 'staff.assign.give').click()
  await aigul.locator('.assignee .choice').filter({ hasText: NAME }).click()
  await expect(aigul.locator('.against')).toContainText(words('staff.give.named', { name: NAME }))
  await expect(aigul.locator('.against')).not.toContainText(words('staff.give.wish'))
})

test('A person who said nothing is to be asked, and the act leads to a reply', async () => {
  const { aigul, server } = team
  const text = 'Эч нерсе тандаган жокмун 7306'
  await sendSealedReport({ text }, [], server.origin)
  await showReport(aigul, text)
  await expect(leading(aigul)).toContainText(consent('unsaid'))
  await buttonOf(aigul, 'staff.wish.ask').click()
  await expect(aigul.locator('#answer-title')).toBeFocused()
  await expectFine(aigul)
})
