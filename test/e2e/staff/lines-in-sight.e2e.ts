// Tests how many lines of the list a colleague sees at the same time. Also tests the filter by
// colleague and the tasks view.
import { expect, test, type Page } from '@playwright/test'
import { localDayOf } from '#content/clock.ts'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'
import { wordsIn } from '../support/words.ts'

const DESKTOP = { width: 1280, height: 800 }
const LINES = 14
const BERMET = 'Бермет'
const TASK = 'Консулдукка чалуу, 7790'

let team: Team
let bermet: Page
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'lines-in-sight')
  bermet = await joinAsReader(team, BERMET)
  const { origin } = team.server
  for (let n = 0; n < LINES; n++)
    await sendSealedReport(
      { text: `Цехте иштейм, документим кожоюндо, 77${n}`, place: n < 2 ? 'Нарын' : 'Ош' },
      [],
      origin,
      { danger: n === 0 },
    )
})
test.afterAll(() => team.stop())

const viewOf = (page: Page, key: string) =>
  page.locator('.views button').filter({ hasText: new RegExp(`^${words(key)}\\d*$`) })

async function picture(page: Page, name: string): Promise<void> {
  const shots = process.env['SHOTS']
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
}

/** Counts the lines that are entirely in the window and not covered. */
const linesInSight = (page: Page): Promise<number> =>
  page.locator('.queue .row').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const { left, right, top, bottom } = row.getBoundingClientRect()
        const x = (left + right) / 2
        const isOnTop = (y: number): boolean => row.contains(document.elementFromPoint(x, y))
        return bottom > top && isOnTop(top + 2) && isOnTop(bottom - 2)
      }).length,
  )

async function chooseLanguage(page: Page, lang: WholeLanguage): Promise<void> {
  await page.locator('.menu summary').click()
  await page.locator(`.menu-box [lang=${lang}]`).click()
  await expect(page.locator('html')).toHaveAttribute('lang', lang)
  await page.keyboard.press('Escape')
  await page.mouse.move(0, 0)
}

/** Measures the list in each language, from the start of the list. */
async function expectLines(
  page: Page,
  least: { desktop: number; phone: number | null },
  state: string,
  prepare: (page: Page, lang: WholeLanguage) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const lang of languages.toReversed()) {
    await page.setViewportSize(DESKTOP)
    await chooseLanguage(page, lang)
    await prepare(page, lang)
    for (const [size, wanted] of [
      [DESKTOP, least.desktop],
      [PHONE, least.phone],
    ] as const) {
      if (wanted === null) continue
      await page.setViewportSize(size)
      await page.evaluate(() => scrollTo(0, 0))
      await page.locator('.queue-lines').evaluate((box) => (box.scrollTop = 0))
      await picture(page, `${state}-${lang}-${size.width}`)
      await expectNoSideways(page)
      const seen = await linesInSight(page)
      console.log(state, lang, size.width, seen)
      expect(seen, `${state}, ${lang}, ${size.width} pixels`).toBeGreaterThanOrEqual(wanted)
    }
  }
  await page.setViewportSize(DESKTOP)
}

/**
 * Inserts the warning that only one person can open reports, because no test reaches that state.
 */
async function showRedLine(page: Page, lang: WholeLanguage): Promise<void> {
  await page.evaluate((text) => {
    document.querySelector('.few-readers')?.remove()
    const line = document.createElement('p')
    line.className = 'refused few-readers'
    line.textContent = text
    document.querySelector('.workspace')?.before(line)
  }, wordsIn(lang)('staff.counts.few_readers'))
}

/** Takes the alert, and removes its line by writing a note in the case. */
async function answerAlert(page: Page): Promise<void> {
  await page.locator('.alert button').click()
  await page.getByLabel(words('staff.notes.text')).fill('Чалдым, жооп берди')
  await buttonOf(page, 'staff.notes.save').click()
  await expect(page.locator('.notes')).toContainText('Чалдым, жооп берди')
  await page.keyboard.press('Escape')
}

/** Polls for alerts immediately, as an unlocked app does. */
async function expectNoAlert(page: Page): Promise<void> {
  await buttonOf(page, 'staff.lock').click()
  await buttonOf(page, 'staff.locked.passkey').click()
  await expect(page.locator('.queue .row')).toHaveCount(LINES)
  await expect(page.locator('.alert button, .alert-taken button')).toHaveCount(0)
}

/**
 * Dismisses the line that asks for a comparison of the log. The app asks only two of the three
 * readers, chosen by their ids.
 */
async function endComparison(page: Page): Promise<void> {
  const same = buttonOf(page, 'staff.compare.same')
  const isAsked = await same.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  )
  if (isAsked) {
    await same.click()
    await expect(page.locator('#queue-title')).toBeFocused()
  }
  await expect(same).toHaveCount(0)
}

test('A laptop shows eleven lines, ten beside a case, and a phone four', async () => {
  test.setTimeout(300_000)
  const { aigul } = team
  await test.step('with an alert and a red line, at most one fewer', async () => {
    await openScreen(aigul, 'staff.screen.first')
    await buttonOf(aigul, 'staff.first.hide').click()
    await openScreen(aigul, 'staff.screen.reports')
    // An unlocked app polls for alerts immediately.
    await buttonOf(aigul, 'staff.lock').click()
    await buttonOf(aigul, 'staff.locked.passkey').click()
    await expect(aigul.locator('.alert button')).toBeVisible()
    await endComparison(aigul)
    await expect(aigul.locator('.queue .row')).toHaveCount(LINES)
    await expectLines(aigul, { desktop: 10, phone: null }, 'alert', showRedLine)
  })
  await answerAlert(aigul)
  await test.step('alone', async () => {
    await expectNoAlert(bermet)
    await endComparison(bermet)
    await expectLines(bermet, { desktop: 11, phone: 4 }, 'list')
    await expectAccessible(bermet)
  })
  await test.step('beside a case', async () => {
    await bermet.locator('.queue .line').nth(1).click()
    await expect(bermet.locator('#thread-title')).toBeVisible()
    await expectLines(bermet, { desktop: 10, phone: null }, 'beside')
    await expectAccessible(bermet)
    await bermet.keyboard.press('Escape')
  })
})

test('A task for me is mine, stands under its day, and opens its case', async () => {
  const { aigul } = team
  await openScreen(aigul, 'staff.screen.reports')
  await aigul
    .locator('.queue .line')
    .filter({ hasText: 'документим кожоюндо, 771' })
    .first()
    .click()
  await buttonOf(aigul, 'staff.take').click()
  await expect(aigul.locator('.queue .line[aria-current] .line-holder')).toHaveText('Айгүл')
  await buttonOf(aigul, 'staff.task.add').click()
  await aigul.getByLabel(words('staff.task.text')).fill(TASK)
  await aigul.getByLabel(words('staff.task.due')).fill(localDayOf(Date.now()))
  await aigul.getByLabel(words('staff.task.for'), { exact: true }).selectOption({ label: BERMET })
  await buttonOf(aigul, 'staff.task.save').click()
  await expect(aigul.getByText(words('staff.task.added'))).toBeVisible()
  await aigul.keyboard.press('Escape')

  await buttonOf(bermet, 'staff.queue.reload').click()
  await expect(viewOf(bermet, 'staff.list.view.mine')).toHaveText(
    `${words('staff.list.view.mine')}1`,
  )
  await viewOf(bermet, 'staff.list.view.mine').click()
  const line = bermet.locator('.queue .line')
  await expect(line).toHaveCount(1)
  await expect(line.locator('.line-holder')).toHaveText('Айгүл')
  await expect(line.locator('.line-due')).toContainText(words('staff.age.today'))
  await expect(line.locator('.due-for')).toHaveText(BERMET)

  await expect(viewOf(bermet, 'staff.list.view.tasks')).toHaveText(
    `${words('staff.list.view.tasks')}1`,
  )
  await viewOf(bermet, 'staff.list.view.tasks').click()
  await expect(bermet.locator('.lane')).toContainText(words('staff.age.today'))
  await expectAccessible(bermet)
  for (const size of [PHONE, DESKTOP]) {
    await bermet.setViewportSize(size)
    await expectNoSideways(bermet)
    await picture(bermet, `tasks-${size.width}`)
  }
  const task = bermet.locator('.task .line')
  await expect(task).toContainText(TASK)
  await bermet.locator('#queue-title').focus()
  await bermet.keyboard.press('j')
  await expect(task).toBeFocused()
  await bermet.keyboard.press('Enter')
  await expect(bermet.locator('#thread-title')).toBeVisible()
  await expect(bermet.locator('.task .line[aria-current]')).toHaveCount(1)
  // A finished task keeps its place until the person asks for another list.
  await buttonOf(bermet, 'staff.task.done.go').click()
  await buttonOf(bermet, 'staff.task.done.save').click()
  await expect(task).toContainText(words('staff.tasks.ended'))
  await bermet.keyboard.press('Escape')
  await expect(task).toBeFocused()
  await buttonOf(bermet, 'staff.queue.reload').click()
  await expect(bermet.getByText(words('staff.tasks.none'))).toBeVisible()
  await viewOf(bermet, 'staff.list.view.open').click()
})

test('The list filters by colleague, kind and place, and a saved view has a number', async () => {
  await bermet.locator('.queue-head select').selectOption({ label: 'Айгүл' })
  await expect(bermet.locator('.queue .line')).toHaveCount(2)
  await bermet.locator('.filter-go').click()
  await bermet.getByLabel(words('staff.list.kind')).selectOption('me')
  await expect(bermet.locator('.queue .line')).toHaveCount(2)
  await bermet.getByLabel(words('staff.list.kind')).selectOption('tip')
  await expect(bermet.locator('.queue .line')).toHaveCount(0)
  await bermet.getByLabel(words('staff.list.kind')).selectOption('')
  await bermet.locator('.queue-head select').selectOption('')
  await bermet.getByLabel(words('staff.fact.place')).fill('narın')
  await expect(bermet.locator('.queue .line')).toHaveCount(2)
  await bermet.getByLabel(words('staff.list.save'), { exact: true }).fill('Нарындан')
  await buttonOf(bermet, 'staff.list.save.go').click()
  await expect(bermet.locator('.views button').last()).toHaveText('Нарындан2')
  await picture(bermet, 'filter')
})
