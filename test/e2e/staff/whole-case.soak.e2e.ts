// Takes three colleagues through a whole case, from a report of danger to the questions after one
// and three months. In between come help, a referral that is revoked, and the closing of the case.
// Every browser shows every step. The clocks of the server and the browsers move ahead to the days
// of the questions.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { DAY_MS } from '#protocol/limits'
import { choose, field, press, referrals, rows, say } from '../support/referral-screen.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { TeamClock } from '../support/team-clock.ts'
import { buttonOf, joinAs, joinAsReader, makeTeam, words, type Team } from '../support/team.ts'
import { lookAgain, wake } from '../support/who-has.ts'

// The tests are steps in one case, so they run in order.
test.describe.configure({ mode: 'serial', timeout: 240_000 })

const FOLDER = 'whole-case'
const TEXT = 'Эшикти кулпулап, документимди алып коюшту 7901'
const [AIGUL, BERMET, CHOLPON] = ['Айгүл', 'Бермет', 'Чолпон'] as const
const SHELTER = '«Тунук» баш калкасы'
const [SAFE_AT, SAID] = ['Эжесинин үйүндө 7902', 'Иштеп жатам, коопсузмун деди 7903'] as const
const LETTER_DAY = '2031-04-02'

let team: Team
let clock: TeamClock
let aigul: Page
let bermet: Page
let cholpon: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, FOLDER)
  clock = new TeamClock(team, FOLDER)
  aigul = team.aigul
  bermet = await joinAsReader(team, BERMET)
  cholpon = await joinAs(team, 'caseworker', CHOLPON)
  await sendSealedReport({ text: TEXT }, [], team.server.origin)
})
test.afterAll(async () => {
  await clock.stop()
  await team.stop()
})

const partOf = (page: Page, title: string): Locator =>
  page.locator(`section[aria-labelledby=${title}]`)
const tasks = (page: Page): Locator => partOf(page, 'tasks-title').locator('> .tasks > li')
const endedTasks = (page: Page): Locator => partOf(page, 'tasks-title').locator('> details')
const soon = expect.configure({ timeout: 3_000 })

/** Expects that both readers' browsers and the caseworker's browser show a step. */
async function allSee(
  step: (page: Page) => Promise<void>,
  pages: readonly Page[] = [aigul, bermet, cholpon],
): Promise<void> {
  for (const page of pages)
    await expect(async () => {
      await lookAgain(page)
      await step(page)
      await soon(page.locator('.report .doubt')).toHaveCount(0)
    }).toPass({ timeout: 60_000 })
}

const allSeeReferral = (is: string, isNot: string, pages?: readonly Page[]): Promise<void> =>
  allSee(async (page) => {
    await soon(rows(page)).toHaveCount(1)
    await soon(rows(page)).toContainText(say(is))
    if (isNot) await soon(rows(page)).not.toContainText(say(isNot))
  }, pages)

const headOf = (page: Page): Locator => page.locator('.case-head .head-line').nth(1)

test('Two readers see the danger, and one of them takes it', async () => {
  await buttonOf(aigul, 'staff.back').click()
  for (const page of [aigul, bermet]) {
    await wake(page)
    await expect(buttonOf(page, 'staff.alert.take')).toBeVisible()
  }
  await buttonOf(aigul, 'staff.alert.take').click()
  await expect(aigul.locator('.report .thread')).toContainText(TEXT)
  await showReport(bermet, TEXT)
  await expect(bermet.locator('.case-head .danger-mark')).toBeVisible()
  await expect(headOf(bermet)).toContainText(AIGUL)
})

test('Help that one reader gives is in the case of both', async () => {
  await buttonOf(aigul, 'staff.help.add').click()
  await partOf(aigul, 'help-given-title')
    .getByRole('button', { name: words('staff.help.kind.medical'), exact: true })
    .click()
  await allSee(
    async (page) => {
      const help = partOf(page, 'help-given-title').locator('> .tasks > li')
      await soon(help).toHaveCount(1)
      await soon(help).toContainText(words('staff.help.kind.medical'))
      await soon(help).toContainText(words('staff.help.given'))
      await soon(help).toContainText(AIGUL)
    },
    [aigul, bermet],
  )
})

test('The person hears the text read aloud, agrees, and a letter is signed', async () => {
  await buttonOf(aigul, 'staff.referral.add').click()
  await field(aigul, 'receiver').fill(SHELTER)
  await field(aigul, 'answers').fill(AIGUL)
  await referrals(aigul).locator('.referral details summary').first().click()
  await field(aigul, 'field.age').fill('24')
  await choose(aigul, 'field.age', 'form.band')
  await field(aigul, 'until').fill(LETTER_DAY)
  const aloud = referrals(aigul).locator('.read-aloud')
  await expect(aloud).toContainText(SHELTER)
  await expect(aloud).toContainText(say('consent.no'))
  await choose(aigul, 'answer', 'answer.call')
  await press(aigul, 'make')
  await expect(aigul.locator('.letter-preview')).toContainText(SHELTER)
  await press(aigul, 'save')
  await allSeeReferral('owed.send', 'owed.second', [aigul, bermet])
})

test('The caseworker who gets the case reads the letter and sends it', async () => {
  await buttonOf(aigul, 'staff.assign.give').click()
  await aigul.locator('.assignee .choice').filter({ hasText: CHOLPON }).click()
  await buttonOf(aigul, 'staff.assign.go', { name: CHOLPON }).click()
  await expect(aigul.getByText(words('staff.assign.done'))).toBeVisible()
  await showReport(cholpon, TEXT)
  await allSeeReferral('owed.send', 'owed.second')
  await press(cholpon, 'read_give')
  const saving = cholpon.waitForEvent('download')
  await press(cholpon, 'give.page')
  await saving
  await press(cholpon, 'do.sent')
  await press(cholpon, 'do.sent')
  await allSeeReferral('state.sent', 'owed.send')
  await allSee((page) => soon(rows(page)).toContainText('02.04.2031'))
})

test('The receiver accepts and helps, and the person hears both', async () => {
  await press(bermet, 'do.accepted')
  await choose(bermet, 'told.heard', 'told.yes')
  await press(bermet, 'do.accepted')
  await allSeeReferral('state.accepted', 'owed.tell_person')
  await press(cholpon, 'do.done')
  await choose(cholpon, 'told.heard', 'told.yes')
  await press(cholpon, 'do.done')
  await allSeeReferral('state.done', 'owed.tell_person')
})

test('The person takes the consent back, and the receiver is told', async () => {
  await press(aigul, 'do.revoked')
  await expect(referrals(aigul).getByText(say('revoke.read'))).toBeVisible()
  await press(aigul, 'do.revoked')
  await allSeeReferral('owed.tell_receiver', '')
  await press(cholpon, 'do.told')
  await field(cholpon, 'revoked.how').fill('Телефон менен')
  await choose(cholpon, 'revoked.answer', 'revoked.deleted')
  await press(cholpon, 'do.told')
  await allSeeReferral('revoked.deleted', 'owed.tell_receiver')
})

test('The case is closed, and four questions are agreed', async () => {
  await buttonOf(cholpon, 'staff.status.to.closed').click()
  await cholpon.getByLabel(words('staff.close.helped')).check()
  for (const question of ['way', 'wish'])
    await cholpon.getByLabel(words(`staff.follow.${question}`), { exact: true }).selectOption('yes')
  await cholpon.getByLabel(words('staff.close.danger'), { exact: true }).fill(SAFE_AT)
  await buttonOf(cholpon, 'staff.close.go').click()
  await allSee(async (page) => {
    await soon(headOf(page)).toContainText(words('staff.status.closed'))
    await soon(page.locator('.case-head .danger-mark')).toHaveCount(0)
    await soon(tasks(page)).toHaveCount(4)
    await soon(tasks(page).locator('.is-overdue, .is-today')).toHaveCount(0)
  })
})

/** Moves the clock to noon on the day of the first question, or on a later day. */
async function moveToQuestion(laterDays: number): Promise<void> {
  const shown = await tasks(cholpon).first().locator('.due').innerText()
  const [, day, month, year] = /(\d\d)\.(\d\d)\.(\d{4})/.exec(shown) ?? []
  const noon = Date.parse(`${year}-${month}-${day}T12:00+06:00`)
  await clock.moveTo(noon + laterDays * DAY_MS, [aigul, bermet, cholpon])
}

/** Expects that the list of tasks shows the question under a day, and opens its case. */
async function findQuestion(page: Page, months: string, day: string): Promise<void> {
  const view = new RegExp(`^${words('staff.list.view.tasks')}\\d*$`)
  await page.locator('.views button').filter({ hasText: view }).click()
  const everybody = page.locator('.task-people').getByRole('button', {
    name: new RegExp(`^${words('staff.list.view.all')}`),
  })
  await everybody.click()
  const group = page.locator('.lanes section').filter({ hasText: words(day) })
  const task = group.locator('.task .line')
  await expect(task).toContainText(words('staff.follow.task', { n: months }))
  await task.click()
  await expect(page.locator('.report .thread')).toContainText(TEXT)
}

test('After a month the question is due for all, and its answer is seen by all', async () => {
  await moveToQuestion(0)
  for (const page of [aigul, bermet, cholpon]) {
    await findQuestion(page, '1', 'staff.age.today')
    await expect(tasks(page).first().locator('.due')).toHaveClass(/is-today/)
  }
  const question = tasks(cholpon).first()
  await question.getByRole('button', { name: words('staff.follow.safe') }).click()
  await cholpon.getByLabel(words('staff.follow.safe'), { exact: true }).fill(SAID)
  await buttonOf(cholpon, 'staff.follow.save').click()
  await allSee(async (page) => {
    await soon(tasks(page)).toHaveCount(3)
    await soon(endedTasks(page)).toContainText(`${words('staff.follow.safe')} ${CHOLPON}`)
    await soon(endedTasks(page)).toContainText(SAID)
  })
})

test('After three months it is overdue, and the person wants no more questions', async () => {
  await moveToQuestion(1)
  for (const page of [aigul, bermet, cholpon]) {
    await findQuestion(page, '3', 'staff.list.due.choice.overdue')
    await expect(tasks(page).first().locator('.due')).toHaveClass(/is-overdue/)
  }
  const question = tasks(bermet).first()
  await question.getByRole('button', { name: words('staff.follow.unwilling') }).click()
  await buttonOf(bermet, 'staff.follow.save').click()
  await allSee(async (page) => {
    await soon(tasks(page)).toHaveCount(0)
    await soon(endedTasks(page)).toContainText(`${words('staff.follow.unwilling')} ${BERMET}`)
    await soon(endedTasks(page).getByText(words('staff.follow.over'))).toHaveCount(2)
    await soon(headOf(page)).toContainText(words('staff.status.closed'))
    await soon(rows(page)).toContainText(say('revoked.deleted'))
  })
})
