// Counts the key presses of a colleague who works on a case with only the keyboard. Every action
// begins with the focus on the title of the case, and ends in the case. Key presses that type text
// are not counted.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { dayOf } from '#protocol/time'
import { sendSealedReport } from '../support/sealed-report.ts'
import { makeTeam, openScreen, words, type Team } from '../support/team.ts'

// Each test continues with the same case, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const TWENTY_DAYS_MS = 20 * 86_400_000

let team: Team
let page: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'keyboard-acts')
  page = team.aigul
  const { origin } = team.server
  await sendSealedReport({ text: 'Клавиатура менен иш 9401' }, [], origin)
  await sendSealedReport({ text: 'Кийинки иш 9402' }, [], origin)
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, 'Кийинки иш 9402')
  await page.keyboard.press('Escape')
  // Whichever letter comes first in the list, another line follows it.
  await page.locator('.queue .line').first().click()
  await expect(title()).toBeFocused()
})
test.afterAll(() => team.stop())

const title = (): Locator => page.locator('#report-title')
const line = (at: number): Locator => page.locator('.case-head .head-line').nth(at)
const current = (): Promise<string | null> =>
  page.locator('.queue .line[aria-current]').getAttribute('id')

/** A key, a text after `type:`, or a function that waits before the next press. */
type Step = string | (() => Promise<unknown>)

const focused = (target: Locator) => (): Promise<void> => expect(target).toBeFocused()
const field = (key: string): Locator => page.getByLabel(words(key), { exact: true })

/** Begins at the title. @returns the number of presses */
async function pressAll(...steps: readonly Step[]): Promise<number> {
  // The keyboard shortcuts of a case work as soon as the words of the case are shown.
  await expect(page.locator('.thread')).toBeVisible()
  await title().focus()
  let presses = 0
  for (const step of steps)
    if (typeof step !== 'string') await step()
    else if (step.startsWith('type:')) await page.keyboard.type(step.slice('type:'.length))
    else {
      await page.keyboard.press(step)
      presses += 1
    }
  return presses
}

test('A case is taken with one press', async () => {
  expect(await pressAll('b')).toBe(1)
  await expect(line(1)).toContainText(words('staff.assign.me'))
  await expect(line(1)).toContainText(words('staff.status.in_progress'))
})

test('A note takes two presses, and a task too', async () => {
  expect(
    await pressAll(
      'c',
      focused(field('staff.notes.text')),
      'type:Түнкүсүн чалбаңыз 9403',
      'Control+Enter',
    ),
  ).toBe(2)
  await expect(page.locator('.notes').getByText('9403')).toBeVisible()
  expect(
    await pressAll(
      'w',
      focused(field('staff.task.text')),
      'type:Юристке чалуу 9404',
      'Control+Enter',
    ),
  ).toBe(2)
  await expect(page.locator('.tasks').getByText('9404')).toBeVisible()
  await expect(page.locator('#tasks-title')).toBeFocused()
})

test('An attempt without an answer takes three presses', async () => {
  expect(
    await pressAll('p', focused(field('staff.attempt.outcome')), 'ArrowUp', 'Control+Enter'),
  ).toBe(3)
  const attempts = page.locator('section:has(> #attempts-title) .notes')
  await expect(attempts.getByText(words('staff.attempt.no_answer'))).toBeVisible()
  await expect(page.locator('#attempts-title')).toBeFocused()
})

test('A reply from a template takes three presses', async () => {
  const use = `${words('staff.template.use')}: ${words('staff.template.first')}`
  expect(
    await pressAll(
      't',
      focused(page.getByRole('button', { name: use, exact: true })),
      'Enter',
      focused(page.locator('.composer h4')),
      'Control+Enter',
    ),
  ).toBe(3)
  await expect(page.locator('.from-us')).toContainText('Жазганыңыз үчүн рахмат')
})

test('An old danger is confirmed with two presses', async () => {
  // An older day in the server's response simulates the days that pass.
  const old = dayOf(Date.now() - TWENTY_DAYS_MS)
  await page.route('**/api/staff/reports/*', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/"dangerDay":"[\d-]+"/g, `"dangerDay":"${old}"`)
    await route.fulfill({ response, body })
  })
  const shown = await current()
  await pressAll('j')
  await expect.poll(current).not.toBe(shown)
  await pressAll('k')
  await expect.poll(current).toBe(shown)
  await expect(page.locator('#danger-title ~ .verbs')).toContainText(words('staff.danger.confirm'))
  expect(
    await pressAll(
      's',
      focused(field('staff.danger.still')),
      'type:Үйдөн чыга албайт 9405',
      'Control+Enter',
    ),
  ).toBe(2)
  await expect(line(0)).toContainText(words('staff.danger.confirmed', { name: 'Айгүл' }))
  await page.unroute('**/api/staff/reports/*')
})

test('A case is given with three presses, and taken back with three', async () => {
  const first = page.locator('.assignee .choice').first()
  let colleague = ''
  expect(
    await pressAll(
      'a',
      focused(first.locator('input')),
      async () => {
        colleague = await first.locator('b').innerText()
      },
      'Space',
      () => expect(page.locator('.assignee .go')).toBeVisible(),
      'Control+Enter',
    ),
  ).toBe(3)
  await expect(line(1)).toContainText(words('staff.line.given', { name: colleague }))
  await expect(page.locator('#assignee-title')).toBeFocused()
  expect(await pressAll('l', focused(page.locator('.assignee .note')), 'Tab', 'Enter')).toBe(3)
  await expect(line(1)).toContainText(words('staff.assign.nobody'))
})

test('One press shows the next case or the previous one', async () => {
  const first = await current()
  expect(await pressAll('j')).toBe(1)
  await expect.poll(current).not.toBe(first)
  await expect(title()).toBeFocused()
  expect(await pressAll('k')).toBe(1)
  await expect.poll(current).toBe(first)
  await expect(title()).toBeFocused()
})

test('A key that is pressed while a case is being opened waits for it', async () => {
  const first = await current()
  let answer = (): void => undefined
  const pressed = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/staff/reports/*', async (route) => {
    await pressed
    await route.continue()
  })
  await pressAll('j')
  await expect(title()).toHaveText(words('staff.report.opening'))
  // After the first key press, the remaining letters of a typed text have no effect.
  for (const key of ['c', 'b']) await page.keyboard.press(key)
  answer()
  await expect(field('staff.notes.text')).toBeFocused()
  await expect(line(1)).toContainText(words('staff.assign.nobody'))
  await page.unroute('**/api/staff/reports/*')
  await pressAll('k')
  await expect.poll(current).toBe(first)
})

test('A case in danger is closed with four presses, and the next is one press away', async () => {
  const first = await current()
  expect(
    await pressAll(
      'e',
      focused(page.locator('.closing .choice input').first()),
      'Space',
      () => expect(field('staff.close.danger')).toBeVisible(),
      'Tab',
      focused(field('staff.close.danger')),
      'type:Үйүндө, коопсуз',
      'Control+Enter',
    ),
  ).toBe(4)
  await expect(line(1)).toContainText(words('staff.status.closed'))
  expect(await pressAll('j')).toBe(1)
  await expect.poll(current).not.toBe(first)
})
