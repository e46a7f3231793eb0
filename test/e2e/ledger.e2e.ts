// Tests how the staff app shows the ledger, and what it does with a ledger that a server changed.
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { fromB64, toB64 } from '#protocol/bytes'
import { shownHash } from '#protocol/staff/digits'
import type { LedgerPage, LedgerRow } from '#protocol/staff/ledger'
import { replayLedger } from '#protocol/staff/roster'
import { readOrganisation } from '#site/integrations/organisation.ts'
import { testOrgDir } from '#scripts/shared/paths'
import { join } from 'node:path'
import { expectAccessible, expectNoSideways } from './support/accessible.ts'
import {
  buttonOf,
  invite,
  isInWorkspace,
  makeTeam,
  openScreen,
  words,
  type Team,
} from './support/team.ts'

// The tests share one team and its ledger, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  team = await makeTeam(browser, 'ledger')
})
test.afterAll(() => team.stop())

const LEDGER = /\/api\/staff\/ledger\?/
const rows = (page: Page) => page.locator('.log-rows li')

/** Answers another ledger than the server has, as a server could that somebody has taken over. */
async function tamper(page: Page, change: (rows: LedgerRow[]) => LedgerRow[]): Promise<void> {
  await page.route(LEDGER, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as LedgerPage
    await route.fulfill({ response, json: { ...body, rows: change(body.rows) } })
  })
}

async function unlockAgain(page: Page): Promise<void> {
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
}

/** Expects the red line, that nobody can be invited or discarded, and that reading goes on. */
async function expectOff(page: Page, sentence: string): Promise<void> {
  await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible()
  await expect(page.getByText(words('staff.queue.title'), { exact: true })).toBeVisible()
  await openScreen(page, 'staff.screen.invite')
  await page.getByRole('checkbox').first().check()
  await expect(buttonOf(page, 'staff.invite.go')).toBeDisabled()
  await openScreen(page, 'staff.screen.people')
  await expect(page.getByText(words('staff.ledger.off'))).toBeVisible()
  await expect(page.locator('.card')).toHaveCount(0)
}

test('The log tells in words who did what, filters, and is saved as it was verified', async () => {
  const { aigul } = team
  await invite(aigul, ['intake'])
  await openScreen(aigul, 'staff.screen.log')
  const created = words('staff.log.did.invitation.create', {
    who: 'Айгүл',
    roles: words('staff.role.intake'),
  })
  await expect(rows(aigul).first()).toContainText(created)
  await expect(rows(aigul).last()).toContainText(
    words('staff.log.did.org.begin', { who: words('staff.ledger.root') }),
  )
  const all = await rows(aigul).count()
  await expect(aigul.locator('.verdict')).toContainText(
    words('staff.log.whole', { n: String(all) }),
  )

  const saved = aigul.waitForEvent('download')
  await buttonOf(aigul, 'staff.log.save', { name: 'ledger.json' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('ledger.json')
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { rows: LedgerRow[] }
  const { root } = await readOrganisation(Date.now(), join(testOrgDir, 'public.json'))
  const replayed = await replayLedger(file.rows, fromB64(root))
  expect(replayed).toMatchObject({ isWhole: true })
  expect(replayed.roster.rows).toBe(all)
  await expect(aigul.locator('.verdict .hash')).toHaveText(shownHash(replayed.roster.head))

  await aigul.getByLabel(words('staff.log.kind')).selectOption('root')
  await expect(rows(aigul)).toHaveCount(
    file.rows.filter(({ statement }) => /"(org\.begin|person\.certify)"/.test(statement)).length,
  )
  await aigul.getByLabel(words('staff.log.kind')).selectOption('all')
  await aigul.getByLabel(words('staff.log.person')).selectOption({ label: 'Айгүл' })
  expect(await rows(aigul).count()).toBeLessThan(all)
  for (const text of await rows(aigul).allInnerTexts()) expect(text).toContain('Айгүл')

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 1280]) {
      await aigul.emulateMedia({ colorScheme })
      await aigul.setViewportSize({ width, height: 800 })
      await expectAccessible(aigul)
      await expectNoSideways(aigul)
    }
})

test('R33: An older ledger turns inviting and confirming off, and reading goes on', async () => {
  const { aigul } = team
  await tamper(aigul, (sent) => sent.slice(0, -1))
  await unlockAgain(aigul)
  await expectOff(aigul, words('staff.ledger.older'))
  await expectAccessible(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(aigul.locator('.verdict')).toContainText(words('staff.ledger.older'))

  // The true ledger ends the alarm without a new start.
  await aigul.unroute(LEDGER)
  await buttonOf(aigul, 'staff.log.verify').click()
  await expect(aigul.locator('.verdict.is-whole')).toBeVisible()
  await expect(aigul.locator('.ledger-line')).toBeEmpty()
})

test('R33: A changed row breaks the ledger, and the line names the row', async () => {
  const { aigul } = team
  const flip = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    bytes[9] = (bytes[9] ?? 0) ^ 1
    return bytes
  }
  await tamper(aigul, (sent) =>
    sent.map((row, at) =>
      at === 1 ? { ...row, signature: toB64(flip(fromB64(row.signature))) } : row,
    ),
  )
  await unlockAgain(aigul)
  await expectOff(aigul, words('staff.ledger.broken', { n: '2' }))
  await openScreen(aigul, 'staff.screen.log')
  await expect(rows(aigul)).toHaveCount(1)
  await aigul.unroute(LEDGER)
})
