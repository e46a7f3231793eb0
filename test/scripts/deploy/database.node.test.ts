import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { dayNumber } from '#protocol/time'
import { certifyAdmin, readManifest, signManifest } from '#protocol/keys/manifest'
import { databaseFault, loadKeys, storedEpochs } from '#scripts/deploy/database'
import type { Wrangler } from '#scripts/account/ask-database'
import { importSigningKey, makeSealingPair } from '#scripts/org/keys'
import { openKeyFile } from '#scripts/org/files/key-file'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

const PASSPHRASE = 'snow spruce apricot felt road'
let organisation: Organisation
let other: Organisation
let folder: string
let database: DatabaseSync
const publicOf = ({ root: key, manifest, hybridKey }: Organisation) => ({
  root: toB64(key),
  manifest: toB64(manifest),
  hybridKey: toB64(hybridKey),
})

beforeAll(async () => {
  organisation = await makeOrganisation(PASSPHRASE, Date.now())
  other = await makeOrganisation('another set of five words', Date.now())
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-database-'))
  database = new DatabaseSync(':memory:')
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

function migrate(): void {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort())
    database.exec(readFileSync(join(root, 'migrations', name), 'utf8'))
}

/** Answers as `wrangler d1 execute --remote` does: JSON for a query, one transaction per file. */
const wrangler: Wrangler = (_step, args) => {
  expect(args.slice(0, 4)).toEqual(['d1', 'execute', 'oasis', '--remote'])
  const last = args.at(-1) ?? ''
  if (args.includes('--command')) {
    const results = database.prepare(last).all()
    return Promise.resolve(JSON.stringify([{ results, success: true, meta: { duration: 1 } }]))
  }
  try {
    database.exec(`BEGIN;${readFileSync(last, 'utf8')}COMMIT`)
    return Promise.resolve('')
  } catch (reason) {
    database.exec('ROLLBACK')
    return Promise.reject(new Stop(String(reason)))
  }
}
const faultOf = async (of = organisation): Promise<string | null> =>
  databaseFault(await storedEpochs(wrangler), publicOf(of))
const publishFile = (of: Organisation): string => {
  const file = join(folder, 'publish.sql')
  writeFileSync(file, publishSql(of))
  return file
}

/** Signs another manifest of the organisation with its own admin key. */
async function signAgain(epoch: number): Promise<Organisation> {
  const keys = await openKeyFile(PASSPHRASE, organisation.keyFile)
  const fields = readManifest(organisation.manifest)
  const adminLastDay = dayNumber(Date.now()) + 100
  const certificate = await certifyAdmin(
    await importSigningKey(keys.root),
    fields.admin,
    adminLastDay,
  )
  const intake = (await makeSealingPair()).publicKey
  const manifest = await signManifest(await importSigningKey(keys.admin), certificate, {
    ...fields,
    epoch,
    intake,
    adminLastDay,
  })
  return { ...organisation, epoch, manifest }
}

describe('the keys in the remote database', () => {
  test('A database without tables or without epochs is accepted as empty', async () => {
    expect(await storedEpochs(wrangler)).toEqual([])
    migrate()
    expect(await storedEpochs(wrangler)).toEqual([])
    expect(await faultOf()).toBeNull()
  })

  test('A database with the keys of public.json is accepted', async () => {
    migrate()
    database.exec(publishSql(organisation))
    expect(await faultOf()).toBeNull()
  })

  test('A database of another organisation is refused', async () => {
    migrate()
    database.exec(publishSql(other))
    expect(await faultOf()).toMatch(/^The database holds epoch 1 of another organisation/)
  })

  test('A database with a later or an earlier epoch than public.json is refused', async () => {
    migrate()
    const later = await signAgain(2)
    database.exec(publishSql(organisation))
    expect(await faultOf(later)).toContain('in epoch 1 and public.json in epoch 2')
    database.exec(publishSql({ ...later, invitation: other.invitation, ledger: [] }))
    expect(await faultOf()).toContain('in epoch 2 and public.json in epoch 1')
    expect(await faultOf(later)).toBeNull()
  })

  test('A database with other keys for the same epoch is refused', async () => {
    migrate()
    database.exec(publishSql(await signAgain(1)))
    expect(await faultOf()).toContain('holds other keys for epoch 1')
  })

  test('A database in which the epoch is retired is refused', async () => {
    migrate()
    database.exec(publishSql(organisation))
    database.exec("UPDATE epochs SET retired_day = '2026-11-01'")
    expect(await faultOf()).toContain('is retired')
  })

  test('A response that is not a wrangler answer stops the deployment', async () => {
    for (const printed of ['', '{"error":{"text":"no"}}', '[{"success":false,"results":[]}]'])
      await expect(storedEpochs(() => Promise.resolve(printed))).rejects.toThrow(
        'no answer that can be read',
      )
  })
})

describe('loading publish.sql', () => {
  const load = (file: string) => loadKeys(wrangler, file, publicOf(organisation))

  test('The keys and the invitation are in the database after the load', async () => {
    migrate()
    await load(publishFile(organisation))
    expect(await faultOf()).toBeNull()
    expect(database.prepare('SELECT token_hash FROM invitations').all()).toHaveLength(1)
  })

  test('A second load of the same keys succeeds and changes nothing', async () => {
    migrate()
    await load(publishFile(organisation))
    database.exec('DELETE FROM invitations')
    await load(publishFile(organisation))
    expect(database.prepare('SELECT * FROM invitations').all()).toEqual([])
  })

  test('A load over other keys fails with a sentence and stores nothing', async () => {
    migrate()
    database.exec(publishSql(other))
    const held = database.prepare('SELECT * FROM invitations').all()
    await expect(load(publishFile(organisation))).rejects.toThrow(
      /^The database holds other keys than .*publish\.sql, so that nothing was loaded\.$/,
    )
    expect(database.prepare('SELECT * FROM invitations').all()).toEqual(held)
  })

  test('A publish.sql that is missing, or of another organisation, is not loaded', async () => {
    migrate()
    await expect(load(join(folder, 'gone.sql'))).rejects.toThrow('is missing')
    await expect(load(publishFile(other))).rejects.toThrow('does not hold the keys')
    expect(await storedEpochs(wrangler)).toEqual([])
  })

  test('A load that leaves the database empty fails', async () => {
    migrate()
    const silent: Wrangler = (step, args) =>
      step === 'publish' ? Promise.resolve('') : wrangler(step, args)
    const file = publishFile(organisation)
    await expect(loadKeys(silent, file, publicOf(organisation))).rejects.toThrow('holds no keys')
  })
})
