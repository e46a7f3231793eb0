import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { followDatabase, loadKeys } from '#scripts/deploy/database'
import type { Wrangler } from '#scripts/account/ask-database'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { publicFile } from '#scripts/org/write'
import { Stop } from '#scripts/shared/progress'
import { migrate } from '#test/scripts/support/deployable.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
let organisation: Organisation
let other: Organisation
let folder: string
let org: string
let database: DatabaseSync
beforeAll(async () => {
  organisation = await makeOrganisation(PASSPHRASE, Date.now())
  other = await makeOrganisation('another set of five words', Date.now())
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-database-'))
  org = join(folder, 'public.json')
  writeFileSync(org, publicFile(organisation, false))
  database = new DatabaseSync(':memory:')
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Responds as `wrangler d1 execute --remote` does: JSON for a query, one transaction per file. */
const wrangler: Wrangler = (_step, args) => {
  expect(args.slice(0, 4)).toEqual(['d1', 'execute', 'DB', '--remote'])
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
const follow = (asked = wrangler) => followDatabase(asked, org, Date.now())
const publishFile = (of: Organisation): string => {
  const file = join(folder, 'publish.sql')
  writeFileSync(file, publishSql(of))
  return file
}

describe('the keys in the remote database', () => {
  test('A database without tables or without epochs is accepted as empty', async () => {
    expect(await follow()).toEqual({ isEmpty: true, newKeys: null })
    migrate(database)
    expect(await follow()).toEqual({ isEmpty: true, newKeys: null })
  })

  test('A database with the keys of public.json is accepted', async () => {
    migrate(database)
    database.exec(publishSql(organisation))
    expect(await follow()).toEqual({ isEmpty: false, newKeys: null })
  })

  test('A database of another organisation is refused', async () => {
    migrate(database)
    database.exec(publishSql(other))
    await expect(follow()).rejects.toThrow(/^The database holds the ledger of another organisation/)
  })

  test('A database whose ledger names keys that it does not hold is refused', async () => {
    migrate(database)
    database.exec(publishSql(organisation))
    database.exec('DELETE FROM epochs')
    await expect(follow()).rejects.toThrow('names keys for epoch 1, and the database does not hold')
  })

  test('A response that is not a wrangler answer stops the deployment', async () => {
    for (const printed of ['', '{"error":{"text":"no"}}', '[{"success":false,"results":[]}]'])
      await expect(follow(() => Promise.resolve(printed))).rejects.toThrow(
        'no answer that can be read',
      )
  })
})

describe('loading publish.sql', () => {
  const load = (file: string) => loadKeys(wrangler, file, org, Date.now())

  test('The keys and the invitation are in the database after the load', async () => {
    migrate(database)
    await load(publishFile(organisation))
    expect((await follow()).isEmpty).toBe(false)
    expect(database.prepare('SELECT token_hash FROM invitations').all()).toHaveLength(1)
  })

  test('A second load of the same keys succeeds and changes nothing', async () => {
    migrate(database)
    await load(publishFile(organisation))
    database.exec('DELETE FROM invitations')
    await load(publishFile(organisation))
    expect(database.prepare('SELECT * FROM invitations').all()).toEqual([])
  })

  test('A load over other keys fails with a sentence and stores nothing', async () => {
    migrate(database)
    database.exec(publishSql(other))
    const held = database.prepare('SELECT * FROM invitations').all()
    await expect(load(publishFile(organisation))).rejects.toThrow(
      /^The database holds other keys than .*publish\.sql, so that nothing was loaded\.$/,
    )
    expect(database.prepare('SELECT * FROM invitations').all()).toEqual(held)
  })

  test('A publish.sql that is missing, or of another organisation, is not loaded', async () => {
    migrate(database)
    await expect(load(join(folder, 'gone.sql'))).rejects.toThrow('is missing')
    await expect(load(publishFile(other))).rejects.toThrow('does not hold the keys')
    expect((await follow()).isEmpty).toBe(true)
  })

  test('A load that leaves the database empty fails', async () => {
    migrate(database)
    const silent: Wrangler = (step, args) =>
      step === 'publish' ? Promise.resolve('') : wrangler(step, args)
    const file = publishFile(organisation)
    await expect(loadKeys(silent, file, org, Date.now())).rejects.toThrow('holds no keys')
  })
})
