// Tests the search index in a browser. For each of two reports with the same number, the app
// suggests the other. The browser writes no words from the reports to disk, even after it has read
// all cases.
import { chromium, expect, test, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { showReport } from '#scripts/browser/show-report'
import { addAuthenticator, makeAccount } from '#scripts/browser/staff'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { foundIn, readFolder } from '../support/folder-search.ts'
import { WHOLE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  confirmOn,
  invite,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team and its reports, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'find')
})
test.afterAll(() => team.stop())

const CAFE = 'Кафеде иштеймин, кожоюн +996 000 71-55-02 номеринен чалат'
const HOTEL = 'Звонят с номера 0000 715502, обещают работу в гостинице «Тянь-Шань»'

const piecesOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const answer = (await (await fetch('/api/staff/pieces/1')).json()) as { pieces: unknown[] }
    return answer.pieces.length
  })

const bar = (page: Page) => page.locator('.index-line')

test('A colleague sees a case with the same number and links it by one press', async () => {
  const { aigul, server } = team
  for (const text of [CAFE, HOTEL]) await sendSealedReport({ text }, [], server.origin)
  await openScreen(aigul, 'staff.screen.reports')
  await aigul.reload()
  await buttonOf(aigul, 'staff.locked.passkey').click()
  await expect.poll(() => piecesOf(aigul)).toBe(1)
  await expect(bar(aigul)).toHaveCount(0)

  await showReport(aigul, CAFE)
  const similar = aigul.locator('.similar')
  await expect(similar.getByText('обещают работу')).toBeVisible()
  await expect(similar.getByText('+996 000 71-55-02')).toBeVisible()
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
  await similar.getByRole('button', { name: words('staff.similar.link') }).click()
  await expect(similar.getByText(words('staff.similar.linked'))).toBeVisible()
  await expect(aigul.locator('#similar-title')).toBeFocused()
  await expect(similar.locator('li')).toHaveCount(0)
})

test('R18: After locking, the browser’s profile holds no word of a case', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-staff-'))
  const link = await invite(team.aigul, ['intake'])
  const context = await chromium.launchPersistentContext(profile, {
    ...WHOLE,
    locale: 'ky-KG',
    baseURL: team.server.staffOrigin,
  })
  const [page = await context.newPage()] = context.pages()
  await addAuthenticator(page)
  await makeAccount(page, link, 'Бермет')
  await openScreen(team.aigul, 'staff.screen.people')
  const read = page.waitForResponse(/\/api\/staff\/pieces\/1\/0/, { timeout: 60_000 })
  await confirmOn(team.aigul, 'Бермет')
  await expect(buttonOf(page, 'staff.lock')).toBeVisible()
  expect((await read).status()).toBe(200)
  await showReport(page, HOTEL)
  await expect(page.locator('.links').getByText('Кафеде иштеймин')).toBeVisible()
  await buttonOf(page, 'staff.lock').click()
  await expect(page.getByText('Тянь-Шань')).toHaveCount(0)
  await context.close()

  const searched = [CAFE, HOTEL, 'Тянь-Шань', 'kafede iwteimin', 'tianwan', '000715502']
  const files = readFolder(profile)
  expect(files.length).toBeGreaterThan(20)
  expect(foundIn(files, searched)).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
