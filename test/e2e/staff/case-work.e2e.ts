// Walks through the staff side of a case that two colleagues work on, from the summary to the
// printout.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'case-work')
})
test.afterAll(() => team.stop())

const FIRST = 'Ресторанда үч аял иштейт 8851'
const SECOND = 'Ошол эле кожоюн 8852'

const field = (page: Page, key: string): Locator => page.getByLabel(words(key), { exact: true })
const sectionOf = (page: Page, id: string): Locator =>
  page.locator(`section[aria-labelledby=${id}]`)

/** The number of log rows, and the parts of the shown case that this colleague has seen. */
const seenOf = (page: Page, id: string): Promise<{ rows: number; seen: unknown }> =>
  page.evaluate(async (report) => {
    const response = await fetch(`/api/staff/reports/${report}`)
    const { item } = (await response.json()) as { item: { rows: number; seen: unknown } }
    return item
  }, id)

test('Two colleagues keep one case without overwriting each other, and print it', async () => {
  test.setTimeout(300_000)
  const bermet = await joinAsReader(team, 'Бермет')
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()
  const { origin } = team.server
  await sendSealedReport({ text: FIRST }, [], origin)
  await sendSealedReport({ text: SECOND }, [], origin)
  await showReport(bermet, SECOND)
  const secondId = (await bermet.locator('.line[aria-current]').getAttribute('id'))!.slice(5)
  await showReport(aigul, FIRST)
  const firstId = (await aigul.locator('.line[aria-current]').getAttribute('id'))!.slice(5)

  await test.step('A summary that a colleague has just saved is shown beside mine', async () => {
    await showReport(bermet, FIRST)
    await buttonOf(aigul, 'staff.summary.write').click()
    // The pressed button is gone, so the form has the focus.
    await expect(field(aigul, 'staff.summary.name')).toBeFocused()
    await field(aigul, 'staff.summary.name').fill('Менин атым')
    await buttonOf(bermet, 'staff.summary.write').click()
    await field(bermet, 'staff.summary.name').fill('Ресторан, үч аял')
    await field(bermet, 'staff.summary.risk').selectOption('high')
    await buttonOf(bermet, 'staff.record.save').click()
    await expect(bermet.locator('#report-title')).toHaveText('Ресторан, үч аял')

    await buttonOf(aigul, 'staff.record.save').click()
    await expect(aigul.locator('.later')).toContainText('Ресторан, үч аял')
    await expect(aigul.locator('.later')).toContainText('Бермет')
    await expect(aigul.locator('.inside .refused')).toHaveText(words('staff.error.record_changed'))
    await expect(field(aigul, 'staff.summary.name')).toHaveValue('Менин атым')
    await field(aigul, 'staff.summary.name').fill('Ресторан, үч аял, кожоюн')
    await field(aigul, 'staff.summary.risk').selectOption('high')
    await buttonOf(aigul, 'staff.record.save_both').click()
    await expect(aigul.locator('#report-title')).toHaveText('Ресторан, үч аял, кожоюн')
  })

  await test.step('Escape never leaves a text; it closes a form, then the case', async () => {
    await showReport(bermet, SECOND)
    const note = field(bermet, 'staff.notes.text')
    await note.fill('Жарым сөз')
    await bermet.keyboard.press('Escape')
    await expect(note).toBeFocused()
    await note.fill('')
    await bermet.keyboard.press('Escape')
    await expect(bermet.locator('#report-title')).toBeFocused()
    await buttonOf(bermet, 'staff.task.add').click()
    await expect(field(bermet, 'staff.task.text')).toBeFocused()
    await bermet.keyboard.press('Escape')
    await expect(field(bermet, 'staff.task.text')).toHaveCount(0)
    await expect(bermet.locator('.report')).toBeVisible()
    await bermet.keyboard.press('Escape')
    await expect(bermet.locator('.report')).toHaveCount(0)
  })

  await test.step('A person is added, changed and taken out', async () => {
    const people = sectionOf(aigul, 'persons-title')
    for (const name of ['Айпери', 'Санжар']) {
      await buttonOf(aigul, 'staff.person.add').click()
      await expect(field(aigul, 'staff.person.name')).toBeFocused()
      await field(aigul, 'staff.person.name').fill(name)
      await people.getByRole('button', { name: words('staff.record.save'), exact: true }).click()
      await expect(people.locator('.person-head').filter({ hasText: name })).toBeVisible()
    }
    await buttonOf(aigul, 'staff.person.change.of', { name: 'Санжар' }).click()
    await expect(field(aigul, 'staff.person.name')).toBeFocused()
    await field(aigul, 'staff.person.role').selectOption('suspect')
    await people.getByRole('button', { name: words('staff.record.save'), exact: true }).click()
    await expect(people.locator('li').nth(1)).toContainText(words('staff.person.role.suspect'))
    await buttonOf(aigul, 'staff.person.remove.of', { name: 'Айпери' }).click()
    await buttonOf(aigul, 'staff.person.remove.go').click()
    await expect(people.locator('li')).toHaveCount(1)
    await expect(aigul.locator('#persons-title')).toBeFocused()
  })

  await test.step('A task is due, and ends with a word', async () => {
    const tasks = sectionOf(aigul, 'tasks-title')
    await buttonOf(aigul, 'staff.task.add').click()
    await expect(field(aigul, 'staff.task.text')).toBeFocused()
    await field(aigul, 'staff.task.text').fill('Дарыгер табуу')
    await field(aigul, 'staff.task.due').fill('2026-01-05')
    await buttonOf(aigul, 'staff.task.save').click()
    await expect(tasks.locator('.is-overdue')).toContainText('05.01.2026')
    await buttonOf(aigul, 'staff.task.done.go').click()
    await expect(field(aigul, 'staff.task.done.word')).toBeFocused()
    await tasks.getByRole('button', { name: words('staff.people.not_yet') }).click()
    await expect(aigul.locator('#tasks-title')).toBeFocused()
    await buttonOf(aigul, 'staff.task.done.go').click()
    await field(aigul, 'staff.task.done.word').fill('Дарыгер көрдү')
    await buttonOf(aigul, 'staff.task.done.save').click()
    await expect(aigul.locator('#tasks-title')).toHaveText(words('staff.task.title', { n: '0' }))
  })

  await test.step('“No answer” is one press, and a second attempt shows it', async () => {
    const attempts = sectionOf(aigul, 'attempts-title')
    const way = words('staff.attempt.way.site')
    await buttonOf(aigul, 'staff.attempt.no_answer.go', { way }).click()
    await expect(attempts.locator('li')).toHaveCount(1)
    await buttonOf(aigul, 'staff.attempt.other.go').click()
    await expect(field(aigul, 'staff.attempt.outcome')).toBeFocused()
    await expect(attempts.locator('li')).toContainText(words('staff.attempt.no_answer'))
    await field(aigul, 'staff.attempt.outcome').selectOption('unsafe')
    await field(aigul, 'staff.attempt.way').selectOption('phone')
    await expectAccessible(aigul)
    await buttonOf(aigul, 'staff.attempt.save').click()
    await expect(attempts.locator('li')).toHaveCount(2)
    await expect(attempts.locator('li').first()).toContainText(words('staff.attempt.unsafe'))
    await expect(aigul.locator('#attempts-title')).toBeFocused()
  })

  await test.step('The danger is lifted and marked with a reason', async () => {
    const form = sectionOf(aigul, 'danger-title')
    await buttonOf(aigul, 'staff.danger.lift').click()
    await expect(field(aigul, 'staff.danger.lift.why')).toBeFocused()
    await field(aigul, 'staff.danger.lift.why').fill('Үйүнө жетти')
    await form.locator('button.go').click()
    await expect(aigul.locator('.case-head .danger-mark')).toHaveCount(0)
    await buttonOf(aigul, 'staff.danger.set').click()
    await field(aigul, 'staff.danger.set.why').fill('Бүгүн урушту')
    await form.locator('button.go').click()
    await expect(aigul.locator('.case-head .danger-mark')).toBeVisible()
  })

  await test.step('A draft survives a look at another case', async () => {
    await buttonOf(aigul, 'staff.person.add').click()
    await field(aigul, 'staff.person.name').fill('Жарым сөз')
    await showReport(aigul, SECOND)
    await expect(aigul.locator(`[id="line-${firstId}"]`)).toContainText(words('staff.line.unsent'))
    await showReport(aigul, FIRST)
    await expect(field(aigul, 'staff.person.name')).toHaveValue('Жарым сөз')
    await buttonOf(aigul, 'staff.record.drop').click()
  })

  await test.step('Two cases are linked, each by the title of the other', async () => {
    await buttonOf(aigul, 'staff.link.add').click()
    await expect(field(aigul, 'staff.link.find')).toBeFocused()
    await field(aigul, 'staff.link.find').fill(secondId)
    await buttonOf(aigul, 'staff.link.save').click()
    await aigul.locator('.links').getByRole('button', { name: SECOND, exact: true }).click()
    await expect(aigul.locator('.thread')).toContainText(SECOND)
    await expect(aigul.locator('.links')).toContainText('Ресторан, үч аял, кожоюн')
    await showReport(aigul, FIRST)
  })

  await test.step('The form of a hand-over has the focus, and gives it back', async () => {
    await buttonOf(aigul, 'staff.shift.one').click()
    await expect(field(aigul, 'staff.shift.whom')).toBeFocused()
    await buttonOf(aigul, 'staff.record.drop').click()
    await expect(aigul.locator('#notes-title')).toBeFocused()
  })

  await test.step('A case that was shown for a moment counts as seen with its rows', async () => {
    const { rows } = await seenOf(aigul, firstId)
    await expect
      .poll(async () => (await seenOf(aigul, firstId)).seen)
      .toEqual({ followUps: 0, rows })
  })

  await test.step('The history names every act and filters by kind', async () => {
    await aigul.locator('.timeline summary').click()
    const events = aigul.locator('.events li')
    await expect(events.filter({ hasText: 'Бүгүн урушту' })).toContainText('Айгүл')
    await aigul.getByRole('button', { name: words('staff.time.kind.tasks'), exact: true }).click()
    await expect(events).toHaveCount(2)
    await expect(events.filter({ hasText: 'Дарыгер көрдү' })).toHaveCount(1)
  })

  await test.step('The screen has no barrier and fits a phone', async () => {
    await expectAccessible(aigul)
    await aigul.setViewportSize({ width: 360, height: 640 })
    await expectNoSideways(aigul)
    await aigul.setViewportSize({ width: 1280, height: 800 })
  })

  await test.step('The paper has words, people and notes, and no button', async () => {
    // The printout shows the stored record even while a form is open.
    await buttonOf(aigul, 'staff.summary.change').click()
    await buttonOf(aigul, 'staff.person.change.of', { name: 'Санжар' }).click()
    await aigul.emulateMedia({ media: 'print' })
    await expect(aigul.locator('.print-line')).toContainText(firstId)
    await expect(aigul.locator('.print-line')).toContainText('Айгүл')
    await expect(aigul.locator('.print-line')).toContainText(words('staff.risk.high'))
    await expect(aigul.locator('.thread').getByText(FIRST)).toBeVisible()
    await expect(aigul.locator('.persons').getByText('Санжар')).toBeVisible()
    await expect(aigul.locator('.inside').getByText('Ресторан, үч аял, кожоюн')).toBeVisible()
    await expect(aigul.locator('.queue, .bar, .report form, .report .go').first()).toBeHidden()
    await aigul.emulateMedia({ media: null })
    const drop = buttonOf(aigul, 'staff.record.drop')
    await drop.first().click()
    await drop.click()
  })

  await test.step('Closing asks for a reason, which colleagues see', async () => {
    await buttonOf(aigul, 'staff.status.to.closed').click()
    await buttonOf(aigul, 'staff.close.go').click()
    await expect(aigul.getByText(words('staff.close.missing'))).toBeVisible()
    await aigul.getByLabel(words('staff.close.referred')).check()
    // The danger marked above must have ended.
    await buttonOf(aigul, 'staff.close.go').click()
    await expect(field(aigul, 'staff.close.danger')).toBeFocused()
    await expect(field(aigul, 'staff.close.danger')).toHaveAccessibleDescription(
      new RegExp(words('staff.close.danger.missing')),
    )
    await field(aigul, 'staff.close.danger').fill('Эжесинин үйүндө, өзү чалды')
    await buttonOf(aigul, 'staff.close.go').click()
    await expect(aigul.getByText(words('staff.status.changed'))).toBeVisible()
    await expect(aigul.locator('.case-head .danger-mark')).toHaveCount(0)
    await aigul.locator('.about summary').click()
    await expect(aigul.locator('.about')).toContainText(words('staff.close.referred'))
    await expect(aigul.locator('.report [role=alert] p')).toHaveCount(0)
  })

  await test.step('A colleague without cases in hand has nothing to hand over', async () => {
    await openScreen(bermet, 'staff.screen.shift')
    await expect(bermet.getByText(words('staff.shift.none'))).toBeVisible()
  })
})
