// Backs up and restores the stores of workerd, which refuse queries that SQLite in Node accepts.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { boundStores } from '#scripts/backup/bound-stores'
import { idText, makeBackupKeys, readBackupKey } from '#scripts/backup/backup-keys'
import { readWholeBackup, type WholeBackup } from '#scripts/backup/read-backup'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { readBackupId } from '#scripts/backup/sealed-stream'
import type { Stores } from '#scripts/backup/stores'
import { writeBackup } from '#scripts/backup/write-backup'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'
import { migrationStatements, startWorkerd } from '#scripts/lab/workerd'
import { makeOrganisation } from '#scripts/org/organisation'
import { publishStatements } from '#scripts/org/publish'
import { anyPort } from '#scripts/shared/ports'

const folder = mkdtempSync(join(tmpdir(), 'oasis-workerd-backup-'))
const stick = join(folder, 'stick')
const backups = join(folder, 'backups')
let runtime: Miniflare
beforeAll(async () => {
  mkdirSync(stick)
  await makeBackupKeys(backups, [stick], Date.now())
  const script = 'export default { fetch: () => new Response() }'
  runtime = startWorkerd({ script, port: await anyPort() })
})
afterAll(async () => {
  await runtime.dispose()
  rmSync(folder, { recursive: true })
})

async function copyOf(stores: Stores): Promise<WholeBackup> {
  const { path } = await writeBackup(stores, backups)
  const id = await readBackupId(path)
  return readWholeBackup(path, readBackupKey(join(stick, `${idText(id)}.key`), id))
}

/** Returns the parts of a backup as one text. */
async function textOf(whole: WholeBackup): Promise<string> {
  const parts: unknown[] = []
  for await (const part of whole.parts()) parts.push(part)
  return JSON.stringify(parts)
}

test('A backup goes into workerd and out of it again without a change', async () => {
  const database = new HomeDatabase()
  const bucket = new HomeBucket()
  const organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
  for (const sql of publishStatements(organisation)) database.run(sql)
  database.run(`WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 220)
    INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
      owner_hash, write_hash, envelope)
    SELECT randomblob(16), 1, 0, 1, 0, 'device', '2026-11-20', randomblob(16), randomblob(32),
      iif(at % 2, NULL, randomblob(32)), randomblob(4096) FROM n`)
  bucket.put('files/a/0', utf8('chunk'), { customMetadata: { 'report-id': 'a' } })
  const first = await copyOf(boundStores(database.binding(), bucket.binding()))

  const db = await runtime.getD1Database('DB')
  const files = (await runtime.getR2Bucket('FILES')) as unknown as R2Bucket
  for (const sql of migrationStatements()) await db.prepare(sql).run()
  const stores = boundStores(db, files)
  expect(await restoreBackup(first, stores)).toEqual({ reports: 220, objects: 1 })
  expect(await textOf(await copyOf(stores))).toBe(await textOf(first))
  await expect(restoreBackup(first, stores)).rejects.toThrow('the database has rows')
})
