import { dayNumber } from '#protocol/time'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { readEpochKeys } from '#protocol/keys/epoch-private-keys'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { HYBRID_KEY_BYTES, HYBRID_SEED_BYTES } from '#protocol/limits'
import { readManifest, trustedManifest } from '#protocol/keys/manifest'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { openEpochKeys } from '#scripts/org/epoch-key'
import { openKeyFile } from '#scripts/org/files/key-file'
import { publishSql } from '#scripts/org/publish'
import { writeOrganisation } from '#scripts/org/write'
import { root } from '#scripts/shared/paths'
import { openRoot } from '#site/staff/recovery/root-key.ts'
import { combineShares, splitRecoveryKey } from '#site/staff/recovery/shares.ts'
import { suite2 } from '#test/protocol/support/hybrid.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const NOW = Date.UTC(2026, 10, 24, 9)
const scratch = mkdtempSync(join(tmpdir(), 'oasis-org-'))
let organisation: Organisation

beforeAll(async () => {
  organisation = await makeOrganisation(PASSPHRASE, NOW)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const epochKeysOf = async ({ keyFile }: Organisation): Promise<Bytes> =>
  (await openKeyFile(PASSPHRASE, keyFile)).epochKeys

test('The manifest is trusted under its own root key and under no other root key', async () => {
  const manifest = await trustedManifest(organisation.manifest, organisation.root, NOW)
  expect(manifest.epoch).toBe(1)
  expect(manifest.firstDay).toBe(dayNumber(NOW))
  const other = await makeOrganisation('another set of five words', NOW)
  await expect(trustedManifest(organisation.manifest, other.root, NOW)).rejects.toThrow(
    'manifest_signature',
  )
})

test('The manifest has the hash of the hybrid key', async () => {
  const { hybridHash } = readManifest(organisation.manifest)
  expect(organisation.hybridKey).toHaveLength(HYBRID_KEY_BYTES)
  expect(await sha256(organisation.hybridKey)).toEqual(hybridHash)
})

test('The ledger begins with the root, whose first invitation lasts 48 hours', async () => {
  const { ledger, root, recovery, invitation } = organisation
  const replayed = await replayLedger(ledger, root)
  expect(replayed).toMatchObject({ isWhole: true, roster: { rows: 3 } })
  expect(JSON.parse(ledger[0]?.change ?? '')).toEqual({
    root: toB64(root),
    recovery: toB64(recovery),
  })
  const { roster } = replayed
  expect(roster.people.size).toBe(0)
  const tokenHash = toB64(await sha256(fromB64(invitation.token)))
  expect([...roster.invitations]).toMatchObject([
    [
      tokenHash,
      {
        roles: ['admin', 'intake'],
        createdBy: roster.rootId,
        state: 'open',
        expiresAt: NOW + 48 * 3_600_000,
      },
    ],
  ])
  const other = await makeOrganisation('another set of five words', NOW)
  expect((await replayLedger(ledger, other.root)).isWhole).toBe(false)
})

test('The key file opens the root key and the keys of the epoch', async () => {
  const { intake } = readManifest(organisation.manifest)
  const { root: rootKey } = await openKeyFile(PASSPHRASE, organisation.keyFile)
  const { pkcs8, hybridSeed } = readEpochKeys(await epochKeysOf(organisation))
  expect(hybridSeed).toHaveLength(HYBRID_SEED_BYTES)
  // A P-256 key in PKCS #8 ends with its public point.
  expect(pkcs8.slice(-65)).toEqual(intake)
  expect(rootKey.slice(-65)).toEqual(organisation.root)
})

describe('recovery shares', () => {
  test('R23: Any two of three shares open the keys of the epoch', async () => {
    const info = new Uint8Array(1)
    const recipient = await suite2.DeserializePublicKey(organisation.hybridKey)
    const sealed = await suite2.Seal(recipient, info, { info })
    const [a = '', b = '', c = ''] = organisation.shares
    for (const some of [
      [a, b],
      [a, c],
      [b, c],
      [c, a],
      [a, b, c],
    ]) {
      const keys = await openEpochKeys(some, organisation.recovery, organisation)
      expect(keys.pkcs8.slice(-65)).toEqual(readManifest(organisation.manifest).intake)
      const hybrid = await suite2.DeserializePrivateKey(keys.hybridSeed)
      const { encapsulatedSecret, ciphertext } = sealed
      expect(await suite2.Open(hybrid, encapsulatedSecret, ciphertext, { info })).toEqual(info)
    }
  })

  test('R23: One share alone and the same share twice are refused', async () => {
    const { recovery } = organisation
    const [a = ''] = organisation.shares
    await expect(combineShares([a], [recovery])).rejects.toThrow('share_twice')
    await expect(combineShares([a, a], [recovery])).rejects.toThrow('share_twice')
  })

  test('Any typo in a share is found, and case, spaces and look-alikes do not matter', async () => {
    const { recovery } = organisation
    const [a = '', b = ''] = organisation.shares
    for (let at = 0; at < a.length; at++) {
      if (a[at] === ' ') continue
      const wrong = a.slice(0, at) + (a[at] === '7' ? '8' : '7') + a.slice(at + 1)
      await expect(combineShares([wrong, b], [recovery])).rejects.toThrow('share_typo')
    }
    const sloppy = a.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', '-')
    await expect(combineShares([sloppy, b], [recovery])).resolves.toBeDefined()
    const cyrillic = [...a].map((letter) => 'АВСЕНКМРТХ'['ABCEHKMPTX'.indexOf(letter)] ?? letter)
    expect(cyrillic.join('')).not.toBe(a)
    await expect(combineShares([cyrillic.join(''), b], [recovery])).resolves.toBeDefined()
    await expect(combineShares([a.slice(0, -1), b], [recovery])).rejects.toThrow('share_length')
  })

  test('R23: Shares of another seed do not give the recovery key', async () => {
    const { recovery } = organisation
    const other = await splitRecoveryKey({ publicKey: recovery, seed: randomBytes(32) })
    await expect(combineShares(other.slice(1), [recovery])).rejects.toThrow('shares_wrong')
  })

  test('R23: The shares give the key to which the keys of the epoch are sealed', async () => {
    const { recovery, shares } = organisation
    expect(recovery).toHaveLength(HYBRID_KEY_BYTES)
    expect((await combineShares(shares.slice(1), [recovery])).publicBytes).toEqual(recovery)
  })

  test('Shares of another organisation are refused', async () => {
    const other = await makeOrganisation('another set of five words', NOW)
    const { recovery } = organisation
    const mixed = [organisation.shares[0] ?? '', other.shares[1] ?? '']
    await expect(combineShares(mixed, [recovery])).rejects.toThrow('share_foreign')
  })
})

test('Two shares open the root key, and one share or another root does not', async () => {
  const { shares, recovery, rootForRecovery } = organisation
  const [a = '', , c = ''] = shares
  const key = await combineShares([a, c], [recovery])
  const root = await openRoot(key, rootForRecovery, organisation.root)
  const message = new Uint8Array([7])
  const signature = await signBytes(root.sign, message)
  expect(await isSignedBy(organisation.root, signature, message)).toBe(true)
  await expect(combineShares([a], [recovery])).rejects.toThrow('share_twice')
  const other = await makeOrganisation('another set of five words', NOW)
  await expect(openRoot(key, rootForRecovery, other.root)).rejects.toThrow('root_closed')
  await expect(openRoot(key, other.rootForRecovery, organisation.root)).rejects.toThrow(
    'root_closed',
  )
})

describe('files', () => {
  const folder = join(scratch, 'org')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  test('The files are readable for their owner only and never overwrite an organisation', () => {
    writeOrganisation(folder, organisation)
    expect(readdirSync(folder).sort()).toEqual([
      ...['invitation.txt', 'ledger.json', 'public.json', 'publish.sql', 'publishing.key'],
      'root.key',
      ...['share-1.txt', 'share-2.txt', 'share-3.txt'],
    ])
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
    }
    expect(() => writeOrganisation(folder, organisation)).toThrow('already')
  })

  test('Two share sheets are read as their shares and give the recovery key', async () => {
    const { recovery } = organisation
    const texts = [1, 3].map((n) => {
      const groups = read(`share-${n}.txt`).match(/\b[0-9A-Z]{4}(?=\s)/g) ?? []
      return groups.slice(0, 18).join(' ')
    })
    expect(texts).toEqual([organisation.shares[0], organisation.shares[2]])
    await expect(combineShares(texts, [recovery])).resolves.toBeDefined()
  })

  test('No file has a private key of the epoch in cleartext', async () => {
    const { pkcs8, hybridSeed } = readEpochKeys(await epochKeysOf(organisation))
    const all = readdirSync(folder).map(read).join('\n')
    // The last 65 bytes of PKCS #8 are the public point. The number before the public point is
    // secret.
    for (const secret of [pkcs8, pkcs8.slice(36, 68), hybridSeed]) {
      const bytes = Buffer.from(secret)
      expect(all).not.toContain(bytes.toString('base64url'))
      expect(all).not.toContain(bytes.toString('base64').replace(/=+$/, ''))
      expect(all.toLowerCase()).not.toContain(bytes.toString('hex'))
    }
  })

  function migrated(): DatabaseSync {
    const database = new DatabaseSync(':memory:')
    const migrations = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
    for (const name of migrations.sort()) {
      database.exec(readFileSync(join(root, 'migrations', name), 'utf8'))
    }
    return database
  }

  test('The file publish.sql fits the migrations, and a second run changes nothing', () => {
    const database = migrated()
    database.exec(read('publish.sql'))
    database.exec(read('publish.sql'))
    const epochs = database.prepare('SELECT * FROM epochs').all()
    expect(epochs).toEqual([
      {
        epoch: 1,
        manifest: organisation.manifest,
        hybrid_key: organisation.hybridKey,
        sealed_for_recovery: organisation.sealedForRecovery,
        retired_day: null,
      },
    ])
    const [invitation, ...more] = database.prepare('SELECT * FROM invitations').all()
    expect(more).toEqual([])
    const { tokenHash, expiresAt } = organisation.invitation.change
    expect(invitation).toEqual({
      token_hash: fromB64(tokenHash),
      row_hash: organisation.ledger.at(-1)?.hash,
      roles: '["admin","intake"]',
      expires_at: expiresAt,
      created_by: null,
    })
    const ledger = database.prepare('SELECT * FROM ledger ORDER BY seq').all()
    expect(ledger.map(({ seq, hash, change }) => [seq, hash, change])).toEqual(
      organisation.ledger.map(({ hash, change }, at) => [at + 1, hash, change]),
    )
    expect(database.prepare('SELECT * FROM people').all()).toEqual([])
    database.close()
  })

  test('A second run of publish.sql does not restore a used invitation', () => {
    const database = migrated()
    database.exec(read('publish.sql'))
    database.exec('DELETE FROM invitations')
    database.exec(read('publish.sql'))
    expect(database.prepare('SELECT * FROM invitations').all()).toEqual([])
    database.close()
  })

  test('A database with other keys refuses publish.sql and stores no row of the file', async () => {
    const database = migrated()
    const other = publishSql(await makeOrganisation('another set of five words', NOW))
    database.exec(other)
    database.exec('BEGIN')
    expect(() => database.exec(read('publish.sql'))).toThrow('rows of a chain are never replaced')
    database.exec('ROLLBACK')
    expect(database.prepare('SELECT count(*) AS n FROM invitations').get()).toEqual({ n: 1 })
    expect(database.prepare('SELECT count(*) AS n FROM ledger').get()).toEqual({ n: 3 })
    expect(read('publish.sql')).not.toMatch(/OR (IGNORE|REPLACE)/i)
    database.close()
  })

  test('The invitation file has the link, and no file has a throw-away passphrase', () => {
    expect(read('invitation.txt')).toMatch(/\/staff\/#invite=[\w-]{43}\.[\w-]{43}\n/)
    expect(existsSync(join(folder, 'throw-away-passphrase.txt'))).toBe(false)
  })
})
