import { afterEach, expect, test, vi } from 'vitest'
import { toB64, utf8 } from '#protocol/bytes'
import { openAccountStores } from '#scripts/backup/account-stores'
import { restoreBackup } from '#scripts/backup/restore-backup'
import { writeBackup } from '#scripts/backup/write-backup'
import { makeEdge } from '#test/staff/departure/support/edge.ts'
import { moveOffice, playCasework, served } from './support/casework.ts'
import { FakeAccount } from './support/fake-account.ts'
import { backupFolders, wholeOf } from './support/folders.ts'

afterEach(() => vi.unstubAllGlobals())

/** Runs `work` with the real `fetch`, because the office replaces `fetch`. */
async function withNetwork<Result>(work: () => Promise<Result>): Promise<Result> {
  const office = globalThis.fetch
  vi.unstubAllGlobals()
  const done = await work()
  vi.stubGlobal('fetch', office)
  return done
}

test('An account is backed up and restored through its two interfaces', async () => {
  const casework = await playCasework()
  const { office } = casework
  const folders = await backupFolders()
  const before = await served(casework)
  const account = new FakeAccount(office.edge.stores())
  account.putOff = 2
  const other = await makeEdge(toB64(office.root))
  await withNetwork(async () => {
    const { path } = await writeBackup(openAccountStores(await account.serve()), folders.backups)
    const empty = openAccountStores(await new FakeAccount(other.stores()).serve())
    await restoreBackup(await wholeOf(path, folders), empty)
  })
  await moveOffice(office, other)
  expect(await served(casework)).toEqual(before)
  await other.runChores()
  expect(other.rows('SELECT id FROM reports')).toHaveLength(before.stored.length + 1)
})

test('The address of R2 follows the jurisdiction of the bucket', async () => {
  const edge = await makeEdge(toB64(new Uint8Array(65)))
  const account = await new FakeAccount(edge.stores()).serve()
  delete account.addresses
  for (const [jurisdiction, host] of [
    [undefined, 'account.r2.cloudflarestorage.com'],
    ['eu', 'account.eu.r2.cloudflarestorage.com'],
  ] as const) {
    const asked: string[] = []
    vi.stubGlobal('fetch', ({ url }: Request) => {
      asked.push(url)
      return Promise.resolve(new Response(null, { status: 404 }))
    })
    expect(await openAccountStores({ ...account, jurisdiction }).bucket.get('a/1')).toBe(null)
    expect(asked).toEqual([`https://${host}/files/a/1`])
  }
})

test('A token without the right, and a query that D1 refuses, stop with a sentence', async () => {
  const edge = await makeEdge(toB64(new Uint8Array(65)))
  const account = new FakeAccount(edge.stores())
  const { database, bucket } = openAccountStores(await account.serve())
  await expect(database.run(['SELECT 1 FROM absent'])).rejects.toThrow(
    /^D1 refused a query .*no such/,
  )
  account.isForbidden = true
  const refusal = /docs\/operations\/backup\.md lists the rights/
  await expect(database.run(['SELECT 1'])).rejects.toThrow(refusal)
  await expect(bucket.list('', '')).rejects.toThrow(refusal)
})

test('Objects of any name come back, and a missing one is nothing', async () => {
  const edge = await makeEdge(toB64(new Uint8Array(65)))
  const { bucket } = openAccountStores(await new FakeAccount(edge.stores()).serve())
  const names = ['a b', 'a/1', 'a/2', 'a/3', 'a/ц&<']
  for (const key of names)
    await bucket.put({ key, bytes: utf8(key), metadata: { 'report-id': 'x' } })
  expect(await bucket.list('a/', 'a/1')).toEqual(['a/2', 'a/3', 'a/ц&<'])
  expect(await bucket.get('a/ц&<')).toEqual({
    ...{ key: 'a/ц&<', bytes: utf8('a/ц&<') },
    metadata: { 'report-id': 'x' },
  })
  expect(await bucket.get('a/4')).toBe(null)
})
