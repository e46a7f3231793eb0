// Certifies a colleague as a keeper on a test server, as the laptop with the root key does.
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fromB64, toB64 } from '#protocol/bytes'
import { rowHash } from '#protocol/staff/chain'
import { LedgerPage } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { keeperCertificate, keeperRow } from '#site/staff/recovery/keeper-row.ts'
import { openKeyFile } from '#scripts/org/files/key-file'
import { rootSigner } from '#site/staff/recovery/root-key.ts'
import { readPublicFile } from '#scripts/org/files/public-file'
import { fileOfDatabase } from '#scripts/shared/database'
import { testOrgDir } from '#scripts/shared/paths'
import { signChange } from '#site/staff/crypto/sign-change.ts'

const read = (name: string): string => readFileSync(join(testOrgDir, name), 'utf8')

/**
 * Adds the `keeper.certify` row for the colleague who joined most recently.
 *
 * @param state  the folder of the server
 * @param page   a colleague who is signed in
 */
export async function certifyKeeper(state: string, page: Page): Promise<void> {
  const root = fromB64(readPublicFile(join(testOrgDir, 'public.json')).root)
  const keys = await openKeyFile(read('throw-away-passphrase.txt').trim(), read('root.key'))
  const { rows } = LedgerPage.parse(
    await page.evaluate(async (): Promise<unknown> => (await fetch('/api/staff/ledger')).json()),
  )
  const { roster } = await replayLedger(rows, root)
  const member = [...roster.people.values()].filter(({ keeper }) => keeper === null).at(-1)
  if (!member) throw new Error('nobody has joined')
  const by = await rootSigner(root, keys.root)
  const certificate = await keeperCertificate(by, member, Date.now())
  const place = { prev: toB64(roster.head), nowMs: Date.now() }
  const signed = await signChange(by, keeperRow(member.id, certificate), place)
  const signature = fromB64(signed.signature)
  const hash = await rowHash(roster.head, { statement: signed.statement, signature })
  const database = new DatabaseSync(fileOfDatabase(state) ?? '')
  const { change, statement } = signed
  database
    .prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(roster.rows + 1, roster.head, hash, change, statement, signature, fromB64(by.personId))
  database
    .prepare('UPDATE people SET keeper_last_day = ? WHERE id = ?')
    .run(certificate.lastDay, fromB64(member.id))
  database.close()
}
