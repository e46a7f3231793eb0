// Tests a case that two colleagues work on. The letters are in the case, and the key of the epoch
// does not open anything in it.
import { expect, test, type Page } from '@playwright/test'
import { answer, showReport } from '#scripts/browser/show-report'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  confirmOn,
  invite,
  isInWorkspace,
  joinAndWait,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'
import { SLOW } from '../support/soak.ts'

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'case')
})
test.afterAll(() => team.stop())

const WORDS = 'Үчүнчү кабаттагы тигүүчү цех, 8841'

/**
 * Reads the server's data for the only report. Returns the number of letters in the case, and the
 * report's size in bytes.
 */
const storedCase = (page: Page): Promise<{ taken: number; bytes: number }> =>
  page.evaluate(async () => {
    const read = async (path: string): Promise<unknown> =>
      (await fetch(`/api/staff/${path}`)).json()
    const { items } = (await read('reports')) as { items: { id: string }[] }
    const opened = (await read(`reports/${items[0]?.id ?? ''}`)) as {
      taken: unknown[]
      envelope: string
    }
    return { taken: opened.taken.length, bytes: Math.floor((opened.envelope.length * 3) / 4) }
  })

async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByLabel(words('staff.notes.text')).fill(text)
  await buttonOf(page, 'staff.notes.save').click()
  await expect(page.locator('.notes').getByText(text)).toBeVisible()
}

test('R36, R38: Two colleagues read and write one case after its wrap is cut', SLOW, async () => {
  const bermet = await joinAndWait(team, await invite(team.aigul, ['intake']), 'Бермет')
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, 'Бермет')
  await isInWorkspace(bermet)
  await buttonOf(team.aigul, 'staff.back').click()

  await sendSealedReport({ text: WORDS }, [], team.server.origin)
  expect((await storedCase(team.aigul)).taken).toBe(0)
  await showReport(team.aigul, WORDS)
  await expect.poll(async () => (await storedCase(team.aigul)).taken).toBe(1)
  expect([4096, 7168, 14336]).not.toContain((await storedCase(team.aigul)).bytes)

  await showReport(bermet, WORDS)
  await expect(bermet.getByText(words('staff.case.unchecked'))).toHaveCount(0)
  await writeNote(bermet, 'Берметтин белгиси 8842')
  // Aigul has not seen her colleague's note yet, but her own note is still stored.
  await writeNote(team.aigul, 'Айгүлдүн белгиси 8843')
  await buttonOf(team.aigul, 'staff.take').click()
  await expect(team.aigul.getByText(words('staff.taken'))).toBeVisible()
  await answer(team.aigul, 'Биз сизди угуп жатабыз 8844')

  await showReport(bermet, WORDS)
  const notes = bermet.locator('.notes li')
  await expect(notes).toHaveCount(2)
  await expect(notes.nth(0)).toContainText('Бермет')
  await expect(notes.nth(1)).toContainText('Айгүл')
  await expect(notes.nth(1)).toContainText('Айгүлдүн белгиси 8843')
  await expect(bermet.locator('.report .from-us')).toContainText('Биз сизди угуп жатабыз 8844')
  await expect(bermet.locator('.queue .line[aria-current].is-in_progress')).toHaveCount(1)
  await expect(bermet.locator('.report .doubt')).toHaveCount(0)
  await expect(bermet.locator('.report [role=alert] p')).toHaveCount(0)
})
