import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { certifyAdmin, signManifest } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { dayNumber, dayOf } from '#protocol/time'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'
import { hpkePair } from '../support/organisation.ts'

// root ──org.begin──▶ certifies Aigul (admin, intake) ──▶ keeper
//                     Aigul ──confirms──▶ Bermet (intake), who is not a keeper
const NOW = Date.UTC(2026, 10, 26)
const TODAY = dayNumber(NOW)
const LAST_DAY = TODAY + 700
let ledger: LedgerWriter
let aigul: Writer, bermet: Writer

beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([writer(), writer()])
  ledger = await LedgerWriter.begin(NOW)
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certifyKeeper(aigul, LAST_DAY)
  await ledger.join(bermet, await ledger.invite(aigul, 'intake'))
  await ledger.confirm(aigul, bermet, 'intake')
})

interface ManifestChanges {
  /** the signer in the manifest, by default the author of the row */
  admin?: Writer
  firstDay?: number
  adminLastDay?: number
}

/** Adds an `epoch.open` row with a manifest that `by` has signed. */
async function open(
  on: LedgerWriter,
  by: Writer,
  epoch: number,
  { admin = by, firstDay = TODAY, adminLastDay = LAST_DAY }: ManifestChanges = {},
): Promise<void> {
  const key = admin.signing.publicKey
  const certificate = await certifyAdmin(on.root.signing.privateKey, key, adminLastDay)
  const manifest = await signManifest(admin.signing.privateKey, certificate, {
    epoch,
    firstDay,
    lastDay: firstDay + 365,
    intake: (await hpkePair()).publicKey,
    hybridHash: randomBytes(32),
    admin: key,
    adminLastDay,
  })
  await on.add(by, 'epoch.open', String(epoch), { epoch, manifest: toB64(manifest) })
}

const replay = (on: LedgerWriter) => replayLedger(on.rows, on.rootKey)

/** Expects that the last row breaks the ledger, and that no earlier row does. */
const expectBroken = async (on: LedgerWriter): Promise<void> =>
  expect(await replay(on)).toMatchObject({ isWhole: false, at: on.rows.length })

async function opened(...numbers: number[]): Promise<LedgerWriter> {
  const copy = ledger.copy()
  for (const epoch of numbers) await open(copy, aigul, epoch)
  return copy
}

describe('Epochs', () => {
  test('The root opens the first epoch, and a keeper opens the next', async () => {
    const copy = ledger.copy()
    await open(copy, copy.root, 1)
    await open(copy, aigul, 2)
    const { isWhole, roster } = await replay(copy)
    expect(isWhole).toBe(true)
    expect([...roster.epochs.values()].map(({ openedBy }) => openedBy)).toEqual([
      copy.root.id,
      aigul.id,
    ])
    await open(copy, copy.root, 3)
    await expectBroken(copy)
  })

  test('A reader who is not a keeper cannot open or retire an epoch', async () => {
    const copy = ledger.copy()
    await open(copy, bermet, 1)
    await expectBroken(copy)
    const two = await opened(1, 2)
    await two.add(bermet, 'epoch.retire', '1', { epoch: 1, day: dayOf(NOW) })
    await expectBroken(two)
  })

  test.each([
    ['that skips a number', 2, {}],
    ['that begins too late', 1, { firstDay: TODAY + 30 }],
    ['under a longer certificate than the root gave', 1, { adminLastDay: LAST_DAY + 1 }],
  ])('A keeper cannot open an epoch %s', async (_, epoch, changes: ManifestChanges) => {
    const copy = ledger.copy()
    await open(copy, aigul, epoch, changes)
    await expectBroken(copy)
  })

  test('A keeper cannot open an epoch by the manifest of another signer', async () => {
    const copy = ledger.copy()
    await open(copy, aigul, 1, { admin: bermet })
    await expectBroken(copy)
  })

  test('A manifest whose signature is changed breaks the ledger', async () => {
    const copy = await opened(1)
    const change = JSON.parse(copy.rows.at(-1)?.change ?? '') as { manifest: string }
    const broken = ledger.copy()
    const manifest = `${change.manifest.slice(0, -4)}AAAA`
    await broken.add(aigul, 'epoch.open', '1', { epoch: 1, manifest })
    await expectBroken(broken)
  })

  test('Only an older epoch is retired, each time to an earlier day', async () => {
    const copy = await opened(1, 2)
    const newest = copy.copy()
    await newest.add(aigul, 'epoch.retire', '2', { epoch: 2, day: dayOf(NOW) })
    await expectBroken(newest)
    const later = dayOf(NOW + 5 * 86_400_000)
    await copy.add(aigul, 'epoch.retire', '1', { epoch: 1, day: later })
    await copy.add(aigul, 'epoch.retire', '1', { epoch: 1, day: dayOf(NOW) })
    const { isWhole, roster } = await replay(copy)
    expect(isWhole).toBe(true)
    expect(roster.epochs.get(1)?.retiredDay).toBe(dayOf(NOW))
    await copy.add(aigul, 'epoch.retire', '1', { epoch: 1, day: later })
    await expectBroken(copy)
  })

  test('The private keys of an epoch end 35 days after its last letter, not before', async () => {
    const copy = await opened(1, 2)
    await copy.add(aigul, 'epoch.retire', '1', { epoch: 1, day: dayOf(NOW) })
    const early = copy.copy()
    early.pass(34 * 86_400_000)
    await early.add(bermet, 'epoch.end', '1', { epoch: 1 })
    await expectBroken(early)
    copy.pass(35 * 86_400_000)
    await copy.add(bermet, 'epoch.end', '1', { epoch: 1 })
    expect((await replay(copy)).roster.epochs.get(1)?.hasEnded).toBe(true)
  })
})

describe('Keepers', () => {
  test('Only the root certifies a keeper, and only a reader', async () => {
    const certificate = await certifyAdmin(
      aigul.signing.privateKey,
      bermet.signing.publicKey,
      LAST_DAY,
    )
    const { signPublic } = bermet.keys
    const change = { signPublic, lastDay: LAST_DAY, certificate: toB64(certificate) }
    for (const by of [aigul, ledger.root]) {
      const copy = ledger.copy()
      await copy.add(by, 'keeper.certify', bermet.id, change)
      await expectBroken(copy)
    }
    const waiting = ledger.copy()
    const newcomer = await writer()
    await waiting.join(newcomer, await waiting.invite(aigul, 'intake'))
    await waiting.certifyKeeper(newcomer, LAST_DAY)
    await expectBroken(waiting)
  })

  test('A certificate is valid until its last day', async () => {
    const copy = ledger.copy()
    copy.pass(701 * 86_400_000)
    await open(copy, aigul, 1)
    await expectBroken(copy)
  })

  test('The last keeper cannot leave', async () => {
    const copy = ledger.copy()
    await copy.add(bermet, 'person.remove', aigul.id, aigul.keys)
    await expectBroken(copy)
    const two = ledger.copy()
    await two.certifyKeeper(bermet, LAST_DAY)
    await two.add(bermet, 'person.remove', aigul.id, aigul.keys)
    const { isWhole, roster } = await replay(two)
    expect(isWhole).toBe(true)
    expect(roster.leftAt).toBe(two.rows.length)
  })
})

describe('Other keys', () => {
  test('A reader makes generations of the team key in order, and ends older ones', async () => {
    const copy = ledger.copy()
    const add = (action: 'team.open' | 'team.end', generation: number): Promise<void> =>
      copy.add(bermet, action, String(generation), {
        generation,
        ...(action === 'team.open' && { commitment: toB64(randomBytes(32)) }),
      })
    await add('team.open', 1)
    await add('team.open', 2)
    await add('team.end', 1)
    const { isWhole, roster } = await replay(copy)
    expect(isWhole).toBe(true)
    expect([...roster.teams.values()].map(({ hasEnded }) => hasEnded)).toEqual([true, false])
    const newest = copy.copy()
    await newest.add(bermet, 'team.end', '2', { generation: 2 })
    await expectBroken(newest)
    await add('team.open', 4)
    await expectBroken(copy)
  })

  describe('Lost case keys', () => {
    const caseId = toB64(randomBytes(16))
    const lost = { generation: 1, total: 1, keys: [{ caseId, keyNo: 2 }] }

    /** Adds two generations of the team key, and a row that declares keys lost. */
    async function withLost(by: Writer, change: object, subject = '1'): Promise<LedgerWriter> {
      const copy = ledger.copy()
      for (const generation of [1, 2]) {
        const commitment = toB64(randomBytes(32))
        await copy.add(bermet, 'team.open', String(generation), { generation, commitment })
      }
      await copy.add(by, 'keys.lose', subject, change)
      return copy
    }

    test('A reader names case keys under an older generation as lost', async () => {
      const { isWhole, roster } = await replay(await withLost(bermet, lost))
      expect(isWhole).toBe(true)
      expect([...roster.lostKeys]).toMatchObject([
        [`${caseId} 2`, { signedBy: bermet.id, row: roster.rows }],
      ])
    })

    test.each([
      ['under the newest generation', { ...lost, generation: 2 }, '2'],
      ['under another generation than the subject', lost, '2'],
      ['with another total', { ...lost, total: 2 }, '1'],
      ['named twice', { ...lost, total: 2, keys: [...lost.keys, ...lost.keys] }, '1'],
      ['without a key', { ...lost, total: 0, keys: [] }, '1'],
    ])('Lost keys %s break the ledger', async (_, change, subject) => {
      await expectBroken(await withLost(bermet, change, subject))
    })

    test('Lost keys under a generation that has ended, or by the root, break it', async () => {
      await expectBroken(await withLost(ledger.root, lost))
      const copy = await withLost(bermet, lost)
      await copy.add(bermet, 'team.end', '1', { generation: 1 })
      await copy.add(bermet, 'keys.lose', '1', lost)
      await expectBroken(copy)
    })
  })

  test('Only the root replaces the recovery key', async () => {
    const recovery = toB64(randomBytes(HYBRID_KEY_BYTES))
    const copy = ledger.copy()
    await copy.add(copy.root, 'recovery.renew', copy.root.id, { recovery })
    const { roster } = await replay(copy)
    expect(roster.recovery).toBe(recovery)
    // As after a departure, readers then make new keys, and the new sheets open only those keys.
    expect(roster.leftAt).toBe(copy.rows.length)
    await copy.add(aigul, 'recovery.renew', copy.root.id, { recovery })
    await expectBroken(copy)
  })

  test('A person who makes new keys waits again, and the old keys sign nothing more', async () => {
    const copy = ledger.copy()
    const { keys, signing } = await writer()
    await copy.add(bermet, 'person.rekey', bermet.id, keys)
    const waiting = await replay(copy)
    expect(waiting.isWhole).toBe(true)
    expect(waiting.roster.people.get(bermet.id)).toMatchObject({ state: 'waiting', ...keys })
    expect(waiting.roster.leftAt).toBe(copy.rows.length)
    const old = copy.copy()
    await old.add(bermet, 'team.open', '1', { generation: 1, commitment: toB64(randomBytes(32)) })
    await expectBroken(old)
    const renewed = { ...bermet, keys, signing }
    await copy.confirm(aigul, renewed, 'intake')
    await copy.add(renewed, 'checkpoint.sign', bermet.id, {
      cases: 0,
      digest: toB64(randomBytes(32)),
    })
    const { isWhole, roster } = await replay(copy)
    expect(isWhole).toBe(true)
    expect(roster.checkpoint).toMatchObject({ signedBy: bermet.id, row: copy.rows.length })
  })

  test('New keys end a keeper’s certificate and open invitations', async () => {
    const copy = ledger.copy()
    const token = await copy.invite(aigul, 'intake')
    const { keys, signing } = await writer()
    await copy.add(aigul, 'person.rekey', aigul.id, keys)
    const renewed = { ...aigul, keys, signing }
    await copy.confirm(bermet, renewed, 'admin', 'intake')
    const { isWhole, roster } = await replay(copy)
    expect(isWhole).toBe(true)
    expect(roster.people.get(aigul.id)).toMatchObject({ state: 'confirmed', keeper: null })
    const late = copy.copy()
    await open(late, renewed, 1)
    await expectBroken(late)
    await copy.join(await writer(), token)
    await expectBroken(copy)
  })

  test('Only a keeper restarts the ledger', async () => {
    const copy = ledger.copy()
    const cut = { n: copy.rows.length + 9, hash: toB64(randomBytes(32)) }
    const kept = () => ({ n: copy.rows.length, hash: toB64(copy.head) })
    await copy.add(aigul, 'ledger.restart', aigul.id, { kept: kept(), cut })
    expect((await replay(copy)).roster.restart).toMatchObject({
      ...{ signedBy: aigul.id, row: copy.rows.length, cutAt: cut.n },
    })
    const other = copy.copy()
    await copy.add(bermet, 'ledger.restart', bermet.id, { kept: kept(), cut })
    await expectBroken(copy)
    const early = { ...kept(), n: kept().n - 1 }
    await other.add(aigul, 'ledger.restart', aigul.id, { kept: early, cut })
    await expectBroken(other)
  })
})
