// Tests how the staff app shows the ledger, and how it handles a ledger that a server has changed.
import { readFileSync } from 'node:fs'
import { type Download, expect, type Page, test } from '@playwright/test'
import { fromB64, fromUtf8, toB64 } from '#protocol/bytes'
import { certifyAdmin } from '#protocol/keys/manifest'
import { readUpload } from '#protocol/staff/ledger/checkpoint'
import type { CaseLogPage } from '#protocol/staff/case-log/logs'
import { writeHeads } from '#protocol/staff/ledger/checkpoint-leaves'
import { shownHash } from '#protocol/staff/people/digits'
import { headOf, type LedgerPage, LedgerRow } from '#protocol/staff/ledger/rows'
import type { People } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { readOrganisation } from '#site/integrations/organisation.ts'
import { dayNumber } from '#protocol/time'
import { openKeyFile } from '#scripts/org/files/key-file'
import { rootSigner } from '#site/staff/recovery/root-key.ts'
import { testOrgDir } from '#scripts/shared/paths'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { join } from 'node:path'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import {
  buttonOf,
  invite,
  isInWorkspace,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team and its ledger, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'ledger')
})
test.afterAll(() => team.stop())

const LEDGER = /\/api\/staff\/ledger\?/
const rows = (page: Page) => page.locator('.log-rows li')
/** The digits of the head, and of the last checkpoint. */
const hashes = (page: Page) => page.locator('.verdict .hash')

/** Responds with a changed ledger, as a compromised server could. */
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

/**
 * Expects that the red line appears, that inviting and discarding are blocked, and that reading
 * still works.
 */
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
  await openScreen(aigul, 'staff.screen.log')
  // The first checkpoint is signed without a click.
  await expect(hashes(aigul)).toHaveCount(2)
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

  const downloads: Download[] = []
  aigul.once('download', (download) => downloads.push(download))
  await buttonOf(aigul, 'staff.log.save', { name: 'ledger.json' }).click()
  const touch = buttonOf(aigul, 'staff.proof.passkey')
  const countSaved = async (): Promise<number> => {
    if (await touch.isVisible()) await touch.click()
    return downloads.length
  }
  await expect.poll(countSaved).toBe(1)
  const download = downloads[0]!
  expect(download.suggestedFilename()).toBe('ledger.json')
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { rows: LedgerRow[] }
  const { root } = await readOrganisation(Date.now(), join(testOrgDir, 'public.json'))
  const replayed = await replayLedger(file.rows, fromB64(root))
  expect(replayed).toMatchObject({ isWhole: true })
  expect(replayed.roster.rows).toBe(all)
  const { head, checkpoint } = replayed.roster
  await expect(hashes(aigul)).toHaveText(
    [head, fromB64(checkpoint?.digest ?? '')].map((hash) => shownHash(hash)),
  )

  await aigul.getByLabel(words('staff.log.kind')).selectOption('root')
  const OF_ROOT = /"(org\.begin|(person|keeper)\.certify)"/
  await expect(rows(aigul)).toHaveCount(
    file.rows.filter(({ statement }) => OF_ROOT.test(statement)).length,
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

  // The genuine ledger ends the alarm without a restart of the app.
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

/** A compromised server, which responds as the test requires and accepts every row. */
interface Liar {
  rows: LedgerRow[]
  heads: Uint8Array<ArrayBuffer>
  logs: CaseLogPage['logs']
  /** stored checkpoints, keyed by row number */
  checkpoints: Map<string, Buffer>
}

async function takeOver(page: Page): Promise<Liar> {
  const liar: Liar = {
    rows: await savedRows(page),
    heads: new Uint8Array(),
    logs: [],
    checkpoints: new Map(),
  }
  const octets = { contentType: 'application/octet-stream' }
  await tamper(page, () => liar.rows)
  await page.route('**/case-heads?*', (route) =>
    route.fulfill({ ...octets, body: Buffer.from(liar.heads) }),
  )
  await page.route('**/case-logs?*', (route) =>
    route.fulfill({ json: { logs: liar.logs, left: [] } }),
  )
  await page.route('**/checkpoints/*', (route) => {
    const stored = liar.checkpoints.get(route.request().url().split('/').at(-1) ?? '')
    return stored ? route.fulfill({ ...octets, body: stored }) : route.continue()
  })
  await page.route('**/checkpoints', async (route) => {
    const body = route.request().postDataBuffer() ?? Buffer.alloc(0)
    const { json, stored } = readUpload(Uint8Array.from(body))
    liar.rows = [...liar.rows, LedgerRow.parse(JSON.parse(fromUtf8(json)))]
    liar.checkpoints.set(String(liar.rows.length), Buffer.from(stored))
    await route.fulfill({ status: 201, json: {} })
  })
  await page.route('**/ledger/restart', async (route) => {
    liar.rows = [...liar.rows, LedgerRow.parse(route.request().postDataJSON())]
    await route.fulfill({ status: 204 })
  })
  return liar
}

const savedRows = async (page: Page): Promise<LedgerRow[]> =>
  ((await (await page.request.get('/api/staff/ledger?after=0')).json()) as LedgerPage).rows

/** Moves the device's clock ahead, starting with the next load of the page. */
async function passHours(page: Page, hours: number): Promise<void> {
  await page.addInitScript((ms) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + ms
  }, hours * 3_600_000)
}

/** Has the root certify a person as a keeper. */
async function withKeeper(rows: readonly LedgerRow[], name: string): Promise<LedgerRow[]> {
  const { root } = await readOrganisation(Date.now(), join(testOrgDir, 'public.json'))
  const file = (part: string): string => readFileSync(join(testOrgDir, part), 'utf8')
  const keys = await openKeyFile(file('throw-away-passphrase.txt').trim(), file('root.key'))
  const { roster } = await replayLedger(rows, fromB64(root))
  const id = (await namesOf(team.aigul)).find((each) => each.name === name)?.id ?? ''
  const { signPublic = '' } = roster.people.get(id) ?? {}
  const lastDay = dayNumber(Date.now()) + 100
  const signer = await rootSigner(fromB64(root), keys.root)
  const certificate = toB64(await certifyAdmin(signer.sign, fromB64(signPublic), lastDay))
  const certify = {
    action: 'keeper.certify',
    subject: id,
    change: { signPublic, lastDay, certificate },
  } as const
  const place = { prev: toB64(roster.head), nowMs: Date.now() }
  return [...rows, await signChange(signer, certify, place)]
}

const namesOf = async (page: Page): Promise<{ id: string; name: string }[]> =>
  ((await (await page.request.get('/api/staff/people')).json()) as People).names

test('R25: The daily checkpoint is signed by itself, and a lost case is named', async () => {
  const { aigul } = team
  await unlockAgain(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(hashes(aigul)).toHaveCount(2)

  const liar = await takeOver(aigul)
  const caseId = new Uint8Array(16).fill(7)
  // A log that no colleague signed proves nothing, but still has a head.
  const row = { change: '{}', statement: '{}', signature: toB64(new Uint8Array(64)) }
  liar.logs = [{ case: toB64(caseId), rows: [row] }]
  liar.heads = writeHeads([{ caseId, n: 1, hash: await headOf([row]) }])
  await passHours(aigul, 21)
  const before = liar.rows.length
  await unlockAgain(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(rows(aigul)).toHaveCount(before + 1)
  await expect(rows(aigul).first()).toContainText(
    words('staff.log.did.checkpoint.sign', { who: 'Айгүл' }),
  )

  liar.heads = new Uint8Array()
  await passHours(aigul, 21)
  await unlockAgain(aigul)
  const line = aigul.getByRole('alert').filter({
    hasText: words('staff.checkpoint.cut', { n: '1' }),
  })
  await expect(line).toContainText(toB64(caseId))
  expect(liar.rows).toHaveLength(before + 1)
  await aigul.setViewportSize({ width: 360, height: 800 })
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
})

test('R33: After a restore a keeper signs, and a colleague goes on by a call', async () => {
  const { aigul } = team
  const lost = await aigul.evaluate(() => JSON.stringify(localStorage))
  const liar = await takeOver(aigul)
  await unlockAgain(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(aigul.locator('.verdict')).toContainText(words('staff.ledger.older'))
  await expect(buttonOf(aigul, 'staff.restart.begin')).toHaveCount(0)

  liar.rows = await withKeeper(liar.rows, 'Айгүл')
  await buttonOf(aigul, 'staff.log.verify').click()
  await buttonOf(aigul, 'staff.restart.begin').click()
  await expect(aigul.getByText(words('staff.restart.means'))).toBeFocused()
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
  await buttonOf(aigul, 'staff.restart.go').click()
  await expect(aigul.locator('.verdict.is-whole')).toBeVisible()

  // A colleague has also seen the lost rows, but has not signed anything.
  await aigul.evaluate((kept) => {
    for (const [key, value] of Object.entries(JSON.parse(kept) as Record<string, string>))
      localStorage.setItem(key, value)
  }, lost)
  await unlockAgain(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(aigul.locator('.note')).toContainText('Айгүл')
  await expect(aigul.getByText(words('staff.restart.ask'))).toBeVisible()
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
  await buttonOf(aigul, 'staff.restart.accept').click()
  await expect(aigul.locator('.verdict.is-whole')).toBeVisible()
  await expect(aigul.locator('.note')).toHaveCount(0)
  await unlockAgain(aigul)
  await openScreen(aigul, 'staff.screen.log')
  await expect(aigul.locator('.verdict.is-whole')).toBeVisible()
})
