// Makes an organisation with a recovery page and an export, and drives the page, which is opened
// from a file.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toB64 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery/page'
import { writeOrganisation } from '#scripts/org/write'
import { testDir } from '#scripts/shared/paths'
import { exportOf, requestOf, testNewcomer } from '#test/scripts/support/recovery.ts'

export interface RecoveryFiles {
  organisation: Organisation
  folder: string
  /** file:// address of the page */
  page: string
  /** paths of exports */
  whole: string
  broken: string
  foreign: string
  /** path of the request from a newcomer who used the first invitation */
  request: string
  /** a share of another organisation */
  foreignShare: string
}

export async function makeRecoveryFiles(name: string): Promise<RecoveryFiles> {
  const folder = join(testDir, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
  const other = await makeOrganisation('another set of five words', Date.now())
  const org = join(folder, 'org')
  writeOrganisation(org, organisation)
  await writeRecoveryPage(org)
  const write = (file: string, value: unknown): string => {
    const path = join(folder, file)
    writeFileSync(path, JSON.stringify(value))
    return path
  }
  const file = exportOf(organisation)
  const rows = file.rows.map((row, at) => (at === 1 ? { ...row, change: '{}' } : row))
  const { roster } = await replayLedger(file.rows, organisation.root)
  const place = {
    head: toB64(roster.head),
    invitation: organisation.invitation.change.tokenHash,
    row: organisation.invitation.row,
  }
  return {
    organisation,
    folder,
    page: pathToFileURL(join(org, RECOVERY_PAGE)).href,
    whole: write('export.json', file),
    broken: write('broken.json', { ...file, rows }),
    foreign: write('foreign.json', exportOf(other)),
    request: write('request.txt', await requestOf(await testNewcomer(), place, Date.now())),
    foreignShare: other.shares[0] ?? '',
  }
}
