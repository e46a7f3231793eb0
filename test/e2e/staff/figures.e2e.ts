// Records help in two cases, opens the figures, and saves them as two files. The first file shows
// small numbers as 1–10; the second is exact and for internal use only.
import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDayOf } from '#content/clock.ts'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { buttonOf, makeTeam, openScreen, words, type Team } from '../support/team.ts'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'figures')
})
test.afterAll(() => team.stop())

const YEAR = localDayOf(Date.now()).slice(0, 4)
const TEXTS = ['Кафеде айлыгымды бербей коюшту 5518', 'Паспортумду кожоюн алып койгон 5519']
const kind = (key: string): string => words(`staff.help.kind.${key}`)
const tableIn = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: words(`staff-figures.table.${name}`), exact: true })

/** Presses the plus button and then a kind of help. */
async function writeDown(page: Page, ...kinds: string[]): Promise<void> {
  const help = page.locator('section[aria-labelledby=help-given-title]')
  for (const key of kinds) {
    await buttonOf(page, 'staff.help.add').click()
    await help.getByRole('button', { name: kind(key), exact: true }).click()
    await expect(help.locator('> .tasks > li').filter({ hasText: kind(key) })).toHaveCount(1)
  }
}

/** Saves the file that is shown. @returns its name and text */
async function savedFile(page: Page): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: words('staff-figures.save.go') }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

test('Help of two cases is counted, and leaves the screen as a file only', async () => {
  test.setTimeout(300_000)
  const { aigul } = team
  await buttonOf(aigul, 'staff.back').click()

  await test.step('Before any help the tables say that nothing is written down', async () => {
    await openScreen(aigul, 'staff.screen.figures')
    await expect(aigul.getByText(words('staff-figures.none.help'))).toBeVisible()
    await expectAccessible(aigul)
    await buttonOf(aigul, 'staff.back').click()
  })

  await test.step('A person of each case is helped', async () => {
    for (const text of TEXTS) await sendSealedReport({ text }, [], team.server.origin)
    await showReport(aigul, TEXTS[0] ?? '')
    await writeDown(aigul, 'legal', 'medical')
    await aigul.keyboard.press('Escape')
    await showReport(aigul, TEXTS[1] ?? '')
    await writeDown(aigul, 'legal')
    await aigul.keyboard.press('Escape')
  })

  await test.step('Each person counts once, and small numbers are not said', async () => {
    await openScreen(aigul, 'staff.screen.figures')
    const help = tableIn(aigul, 'help')
    await expect(help.locator('tr')).toHaveText([`${kind('legal')}1–10`, `${kind('medical')}1–10`])
    await expect(help).toContainText(words('staff-figures.sum.help', { n: '1–10' }))
    await aigul.getByLabel(words('staff-figures.small.exact')).check()
    await expect(help.locator('tr')).toHaveText([`${kind('legal')}2`, `${kind('medical')}1`])
    await aigul.getByLabel(words('staff-figures.small.range')).check()
    await expect(
      aigul.getByText(words('staff-figures.leave.trial')),
      'the server of a test has a throw-away organisation',
    ).toBeVisible()
    await expectAccessible(aigul)
    for (const width of [320, 1280]) {
      await aigul.setViewportSize({ width, height: 800 })
      await expectNoSideways(aigul)
    }
  })

  await test.step('The file has 1–10 and a rounded sum, as the preview shows it', async () => {
    const csv = aigul.locator('#csv-help')
    await csv.focus()
    await aigul.keyboard.press('Enter')
    await expect(aigul.locator('.figures h3')).toBeFocused()
    const { name, text } = await savedFile(aigul)
    const trial = words('staff-figures.file.trial')
    expect(name).toBe(`${trial}-${words('staff-figures.file.help')}-${YEAR}.csv`)
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text.slice(1).split('\r\n')).toEqual([
      words('staff-figures.file.line.trial'),
      `${words('staff-figures.column.what')};${words('staff-figures.column.n')}`,
      `${kind('legal')};1–10`,
      `${kind('medical')};1–10`,
      `${words('staff-figures.total.rounded')};1–10`,
      '',
    ])
    await expect(aigul.getByText(words('staff-figures.save.done', { name }))).toBeVisible()
    await expectAccessible(aigul)
  })

  await test.step('An exact file says in its name and lines that it stays inside', async () => {
    await aigul.getByLabel(words('staff-figures.small.exact')).check()
    await expect(aigul.locator('.figures .warning')).toHaveText(words('staff-figures.save.warning'))
    const { name, text } = await savedFile(aigul)
    expect(name).toContain(words('staff-figures.file.exact'))
    expect(text.split('\r\n')).toContain(words('staff-figures.file.line.exact'))
    expect(text.split('\r\n')).toContain(`${kind('legal')};2`)
    await aigul.keyboard.press('Escape')
    await expect(aigul.locator('#csv-help')).toBeFocused()
  })
})
