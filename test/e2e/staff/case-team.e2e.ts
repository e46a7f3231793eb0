// Tests a case that passes through several hands: two readers and a caseworker. A second letter is
// merged with the case, and a caseworker leaves.
import { expect, test, type Page } from '@playwright/test'
import { askForReplies, tell, writeFollowUp } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { makeReceiver, type Receiver } from '../support/receiver.ts'
import { sendSealedReport, type SealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  joinAs,
  joinAsReader,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team and its cases, so they run in order.
test.describe.configure({ mode: 'serial' })

const FIRST = 'Тигүүчү цехте камалып калдык 9161'
const LATER = 'Бүгүн кечинде бизди көчүрөт 9162'
const SECOND = 'Эжем тигүүчү цехте, паспорту жок 9163'
const NAME = 'Чолпон'

let team: Team
let bermet: Page
let cholpon: Page
let phone: Page
let receiver: Receiver
let receipt = ''
let second: SealedReport
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  receiver = await makeReceiver()
  await receiver.start()
  team = await makeTeam(browser, 'case-team', { ALERT_FIRST: `ntfy ${receiver.url}/first` })
  bermet = await joinAsReader(team, 'Бермет')
  cholpon = await joinAs(team, 'caseworker', NAME)
  await openScreen(team.aigul, 'staff.screen.reports')
  phone = await (await browser.newContext({ baseURL: team.server.origin })).newPage()
})
test.afterAll(async () => {
  await phone.context().close()
  await team.stop()
  await receiver.stop()
})

const assignee = (page: Page) => page.locator('#assignee-title')
const lines = (page: Page) => page.locator('.queue .line')

async function giveTo(page: Page, name: string): Promise<void> {
  await buttonOf(page, 'staff.assign.give').click()
  await page.locator('.assignee .choice').filter({ hasText: name }).click()
  await buttonOf(page, 'staff.assign.go', { name }).click()
  await expect(page.getByText(words('staff.assign.done'))).toBeVisible()
  await expect(assignee(page)).toContainText(name)
  // The pressed button is gone, so the title has the focus.
  await expect(assignee(page)).toBeFocused()
}

async function reload(page: Page): Promise<void> {
  await buttonOf(page, 'staff.queue.reload').click()
}

test('Danger reaches a carrier, and whoever takes the case up answers the person', async () => {
  receipt = await tell(phone, 'ky', FIRST)
  await expect.poll(() => receiver.received.map(({ path }) => path)).toEqual(['/first'])
  expect(receiver.received[0]?.body).not.toContain(FIRST)

  await showReport(bermet, FIRST)
  await buttonOf(bermet, 'staff.take').click()
  await expect(assignee(bermet)).toContainText(words('staff.assign.me'))
  await expect(bermet.locator('.head-line').nth(1)).toContainText(words('staff.status.in_progress'))
  await writeFollowUp(phone, 'ky', receipt, LATER)
  await showReport(bermet, FIRST)
  await expect(bermet.locator('.thread').getByText(LATER)).toBeVisible()
  const group = bermet.locator('.lanes section').filter({ has: bermet.locator('[aria-current]') })
  await expect(group.locator('.lane')).toContainText(words('staff.danger'))
  await answer(bermet, 'Кечке чейин телефонду өчүрбөңүз 9164')
  await expect(group.locator('.lane')).toContainText(words('staff.list.waits.person'))
})

test('A caseworker sees only the case that they are given, and works in it', async () => {
  await expect(cholpon.getByText(words('staff.queue.empty.own'))).toBeVisible()
  await expect(cholpon.getByText(words('staff.counts.waiting'))).toHaveCount(0)
  await buttonOf(bermet, 'staff.assign.give').click()
  await expect(bermet.locator('.assignee')).toContainText(words('staff.assign.reads.caseworker'))
  await expectAccessible(bermet)
  await buttonOf(bermet, 'staff.assign.cancel').click()
  await expect(assignee(bermet)).toBeFocused()
  await giveTo(bermet, NAME)
  const given = bermet.locator('.queue [aria-current] .line-holder')
  await expect(given).toHaveText(words('staff.line.given', { name: NAME }))
  expect(await given.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)

  await reload(cholpon)
  await expect(lines(cholpon)).toHaveCount(1)
  await showReport(cholpon, FIRST)
  await expect(cholpon.locator('.thread').getByText(LATER)).toBeVisible()
  // The case is already in progress, and one press takes it.
  await expect(cholpon.locator('.case-head .go')).toHaveText(words('staff.take'))
  await buttonOf(cholpon, 'staff.take').click()
  await expect(cholpon.getByText(words('staff.taken'))).toBeVisible()
  await expect(cholpon.locator('.case-head .go')).toHaveText(words('staff.answer.title'))
  await expect(buttonOf(cholpon, 'staff.assign.give')).toHaveCount(0)
  await expect(buttonOf(cholpon, 'staff.merge.open')).toHaveCount(0)
  await cholpon.getByLabel(words('staff.notes.text')).fill('Чолпондун белгиси 9165')
  await buttonOf(cholpon, 'staff.notes.save').click()
  await expect(cholpon.locator('.notes').getByText('Чолпондун белгиси 9165')).toBeVisible()
  await answer(cholpon, 'Мен Сизге жардам берем 9166')
  await expect(cholpon.locator('.report [role=alert] p')).toHaveCount(0)
})

test('Two cases are put together, and a reply reaches the person who was chosen', async () => {
  const { aigul } = team
  second = await sendSealedReport({ text: SECOND }, [], team.server.origin)
  await showReport(aigul, SECOND)
  await aigul.getByLabel(words('staff.notes.text')).fill('Сакталбаган сөз 9168')
  await buttonOf(aigul, 'staff.merge.open').click()
  await buttonOf(aigul, 'staff.assign.cancel').click()
  await expect(aigul.locator('#merge-title')).toBeFocused()
  await buttonOf(aigul, 'staff.merge.open').click()
  await expect(aigul.locator('.merge .note')).toHaveText(words('staff.merge.lead'))
  await buttonOf(aigul, 'staff.merge.show').click()
  const sides = aigul.locator('.merge-sides')
  for (const text of [FIRST, SECOND])
    await expect(sides.getByText(text, { exact: true })).toBeVisible()
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
  await aigul.getByRole('radio', { name: words('staff.merge.other'), exact: true }).check()
  await buttonOf(aigul, 'staff.merge.go').click()
  await expect(aigul.getByText(words('staff.merge.moved'))).toBeVisible()
  await expect(aigul.getByLabel(words('staff.notes.text'))).toHaveValue('Сакталбаган сөз 9168')
  const thread = aigul.locator('.thread')
  for (const text of [FIRST, SECOND])
    await expect(thread.getByText(text, { exact: true })).toBeVisible()
  await expect(aigul.locator('.report [role=alert] p')).toHaveCount(0)

  // The letters of the second person are in the case after a reader has opened it.
  await expect(aigul.locator('.report .doubt')).toHaveCount(0)
  await showReport(cholpon, SECOND)
  await expect(cholpon.locator('.thread').getByText(FIRST, { exact: true })).toBeVisible()
  await expect(cholpon.getByLabel(words('staff.answer.text'))).toHaveCount(0)
  await cholpon.locator('.thread-choice .choice').filter({ hasText: SECOND }).click()
  await answer(cholpon, 'Эжеңизге жардам берем 9167')
  await askForReplies(phone, 'ky', second.digits)
  await expect(phone.getByText('Эжеңизге жардам берем 9167')).toBeVisible()
  await askForReplies(phone, 'ky', receipt)
  await expect(phone.getByText('Мен Сизге жардам берем 9166')).toBeVisible()
  await expect(phone.getByText('9167')).toHaveCount(0)
})

test('A caseworker gives the case back without a reason, and a reader sees that', async () => {
  const { aigul } = team
  await buttonOf(cholpon, 'staff.assign.leave').click()
  await expectAccessible(cholpon)
  await buttonOf(cholpon, 'staff.assign.leave.go').click()
  // She can no longer open the case, so the list replaces it.
  await expect(assignee(cholpon)).toHaveCount(0)
  await reload(cholpon)
  await expect(cholpon.getByText(words('staff.queue.empty.own'))).toBeVisible()
  await aigul.keyboard.press('Escape')
  await showReport(aigul, FIRST)
  await expect(aigul.locator('.assignee')).toContainText(
    words('staff.assign.returned', { name: NAME }).split(NAME)[0] + NAME,
  )
  await giveTo(aigul, NAME)
})

test('A caseworker who loses the case, or leaves, can no longer open any of it', async () => {
  const { aigul } = team
  await showReport(aigul, FIRST)
  await buttonOf(aigul, 'staff.assign.back').click()
  await expect(aigul.locator('.assignee .note')).toHaveText(
    new RegExp(words('staff.assign.lost', { name: NAME })),
  )
  await buttonOf(aigul, 'staff.assign.back.go').click()
  await expect(assignee(aigul)).toContainText(words('staff.assign.nobody'))
  await reload(cholpon)
  await expect(cholpon.getByText(words('staff.queue.empty.own'))).toBeVisible()

  await giveTo(aigul, NAME)
  await openScreen(aigul, 'staff.screen.people')
  await buttonOf(aigul, 'staff.people.remove.name', { name: NAME }).click()
  await buttonOf(aigul, 'staff.people.remove.go', { name: NAME }).click()
  await proveIfAsked(aigul, buttonOf(aigul, 'staff.left.go'))
  await buttonOf(aigul, 'staff.left.go').click()
  await expect(aigul.getByText(words('staff.left.done', { n: '1' }))).toBeVisible()
  await buttonOf(aigul, 'staff.back').click()
  await showReport(aigul, FIRST)
  // Her notes keep her name, with the day on which she left.
  await expect(aigul.locator('.inside .by', { hasText: `${NAME} (` }).first()).toBeVisible()
})

test('The case is closed with a reason, and its log is whole for everybody', async () => {
  await showReport(bermet, FIRST)
  await expect(assignee(bermet)).toContainText(words('staff.assign.nobody'))
  await buttonOf(bermet, 'staff.status.to.closed').click()
  await bermet.getByLabel(words('staff.close.referred')).check()
  await bermet.getByLabel(words('staff.close.danger')).fill('Коопсуз жерде, өзү айтты')
  await buttonOf(bermet, 'staff.close.go').click()
  await expect(bermet.getByText(words('staff.status.changed'))).toBeVisible()
  await expect(bermet.getByText(words('staff.case.unchecked'))).toHaveCount(0)
  await expect(bermet.locator('.report [role=alert] p')).toHaveCount(0)
})
