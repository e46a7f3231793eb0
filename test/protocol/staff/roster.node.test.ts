import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger, type Replayed } from '#protocol/staff/ledger/roster'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { SAMPLED, sampleOf, seedFor } from '#test/sample.ts'
import { LedgerWriter, ownOf, writer, type Writer } from '../support/ledger.ts'
import { mutateRows } from '../support/mutate-rows.ts'

// root ──org.begin──▶ certifies Aigul (admin, intake)
//                       Aigul ──invites──▶ Bermet joins ──Aigul confirms──▶ Bermet (intake)
//                       Aigul ──invites──▶ Sergei joins ──Bermet confirms─▶ Sergei (admin)
//                       Sergei ──invites──▶ a withdrawn invitation
//                       Sergei ──invites──▶ Daniyar joins and waits
let ledger: LedgerWriter
let aigul: Writer, bermet: Writer, sergei: Writer, daniyar: Writer

beforeAll(async () => {
  ;[aigul, bermet, sergei, daniyar] = await Promise.all([writer(), writer(), writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.join(bermet, await ledger.invite(aigul, 'intake'))
  await ledger.confirm(aigul, bermet, 'intake')
  await ledger.join(sergei, await ledger.invite(aigul, 'admin'))
  await ledger.confirm(bermet, sergei, 'admin')
  const tokenHash = await ledger.invite(sergei, 'admin')
  await ledger.add(sergei, 'invitation.withdraw', tokenHash, { tokenHash })
  await ledger.join(daniyar, await ledger.invite(sergei, 'intake'))
})

const replay = (rows: LedgerRow[] = ledger.rows): Promise<Replayed> =>
  replayLedger(rows, ledger.rootKey)

const stateOf = ({ roster }: Replayed): unknown[] =>
  [...roster.people.values()].map(({ id, state, roles }) => [id, state, roles])

test('The roster names the people whom the ledger confirms, with their roles', async () => {
  const replayed = await replay()
  expect(replayed.isWhole).toBe(true)
  expect(stateOf(replayed)).toEqual([
    [aigul.id, 'confirmed', ['admin', 'intake']],
    [bermet.id, 'confirmed', ['intake']],
    [sergei.id, 'confirmed', ['admin']],
    [daniyar.id, 'waiting', ['intake']],
  ])
  expect(toB64(replayed.roster.head)).toBe(toB64(ledger.head))
  const offers = [...replayed.roster.invitations.values()].map(({ state }) => state)
  expect(offers).toEqual(['used', 'used', 'withdrawn', 'used'])
})

/** Copies the ledger, adds rows, and expects that the first added row breaks the copy. */
async function expectRefused(add: (copy: LedgerWriter) => Promise<unknown>): Promise<void> {
  const copy = ledger.copy()
  await add(copy)
  expect(copy.rows.length).toBeGreaterThan(ledger.rows.length)
  const replayed = await replayLedger(copy.rows, copy.rootKey)
  expect(replayed).toMatchObject({ isWhole: false, at: ledger.rows.length + 1 })
  expect(stateOf(replayed)).toEqual(stateOf(await replay()))
}

describe('A row that a rule forbids breaks the ledger, and the roster stays', () => {
  test('An admin without intake cannot confirm a reader', () =>
    expectRefused((copy) => copy.confirm(sergei, daniyar, 'intake')))

  test('An intake colleague cannot give more roles than the invitation offers', () =>
    expectRefused((copy) => copy.confirm(aigul, daniyar, 'intake', 'admin')))

  test('An intake colleague cannot confirm other keys than those that joined', async () => {
    const stranger = await writer()
    await expectRefused((copy) =>
      copy.confirm(aigul, { ...daniyar, keys: stranger.keys }, 'intake'),
    )
  })

  test('A person without admin cannot invite', () =>
    expectRefused((copy) => copy.invite(bermet, 'intake')))

  test('A waiting person cannot confirm anybody', () =>
    expectRefused((copy) => copy.confirm(daniyar, daniyar, 'intake')))

  test('A stranger cannot join by an invitation that is used or withdrawn', async () => {
    const stranger = await writer()
    const { invitations } = (await replay()).roster
    for (const tokenHash of invitations.keys())
      await expectRefused((copy) => copy.join(stranger, tokenHash))
  })

  test('A person who is confirmed cannot join again with other keys', async () => {
    const stranger = await writer()
    await expectRefused(async (copy) => {
      await copy.join({ ...stranger, id: aigul.id }, toB64(randomBytes(32)))
    })
  })

  test('Nobody but the root certifies', () =>
    expectRefused(async (copy) => {
      const stranger = await writer()
      await copy.add(aigul, 'person.certify', stranger.id, {
        ...ownOf(stranger),
        roles: ['intake'],
      })
    }))

  test('The root certifies a waiting person only with the keys that joined', async () => {
    const stranger = await writer()
    await expectRefused((copy) => copy.certify({ ...daniyar, keys: stranger.keys }, 'intake'))
  })

  test('A second org.begin breaks the ledger', () =>
    expectRefused((copy) =>
      copy.add(copy.root, 'org.begin', copy.root.id, {
        root: copy.root.keys.signPublic,
        recovery: copy.root.keys.hpkePublic,
      }),
    ))
})

test('A newcomer with a fast clock or a known key does not break the ledger', async () => {
  const copy = ledger.copy()
  const invitation = await copy.invite(aigul, 'intake')
  const late = copy.copy()
  late.pass(48 * 3_600_000 + 5 * 60_000)
  await late.join(await writer(), invitation)
  expect((await replayLedger(late.rows, late.rootKey)).isWhole).toBe(true)
  await copy.join({ ...bermet, id: toB64(randomBytes(16)) }, invitation)
  expect((await replayLedger(copy.rows, copy.rootKey)).isWhole).toBe(true)
})

test('R33: A caseworker cannot remove anybody or set quiet hours', async () => {
  const caseworker = await writer()
  const copy = ledger.copy()
  await copy.certify(caseworker, 'caseworker')
  const rows = copy.rows.length
  const quiet = { from: 22, until: 8, hasDigest: true }
  for (const add of [
    (later: LedgerWriter) => later.add(caseworker, 'person.remove', bermet.id, bermet.keys),
    (later: LedgerWriter) => later.add(caseworker, 'person.remove', sergei.id, sergei.keys),
    (later: LedgerWriter) => later.add(caseworker, 'quiet.set', caseworker.id, quiet),
  ]) {
    const later = copy.copy()
    await add(later)
    expect(await replayLedger(later.rows, later.rootKey)).toMatchObject({
      isWhole: false,
      at: rows + 1,
    })
  }
})

test('The last reader cannot be removed', async () => {
  const copy = ledger.copy()
  await copy.add(aigul, 'person.remove', aigul.id, aigul.keys)
  expect((await replayLedger(copy.rows, copy.rootKey)).isWhole).toBe(true)
  await copy.add(sergei, 'person.remove', bermet.id, bermet.keys)
  expect(await replayLedger(copy.rows, copy.rootKey)).toMatchObject({
    isWhole: false,
    at: copy.rows.length,
  })
})

test('R24: A removed person signs nothing more, and their open invitations end', async () => {
  const copy = ledger.copy()
  const invited = await copy.invite(sergei, 'admin')
  await copy.add(bermet, 'person.remove', sergei.id, sergei.keys)
  const removed = await replayLedger(copy.rows, copy.rootKey)
  expect(removed.isWhole).toBe(true)
  expect(removed.roster.people.get(sergei.id)?.state).toBe('removed')
  const rows = copy.rows.length
  const stranger = await writer()
  for (const add of [
    (later: LedgerWriter) => later.invite(sergei, 'admin'),
    (later: LedgerWriter) => later.join(stranger, invited),
    (later: LedgerWriter) => later.add(aigul, 'person.remove', sergei.id, sergei.keys),
  ]) {
    const later = copy.copy()
    await add(later)
    expect(await replayLedger(later.rows, later.rootKey)).toMatchObject({
      isWhole: false,
      at: rows + 1,
    })
  }
})

test('The ledger names the last hash of each template, and only an admin sets one', async () => {
  const copy = ledger.copy()
  const [name, textHash] = ['ky.first', toB64(randomBytes(32))]
  await copy.add(sergei, 'template.set', name, { name, textHash: toB64(randomBytes(32)) })
  await copy.add(aigul, 'template.set', name, { name, textHash })
  const set = await replayLedger(copy.rows, copy.rootKey)
  expect([set.isWhole, [...set.roster.templates]]).toEqual([true, [[name, textHash]]])
  await copy.add(sergei, 'template.set', name, { name, textHash: null })
  const taken = await replayLedger(copy.rows, copy.rootKey)
  expect([taken.isWhole, taken.roster.templates.size]).toEqual([true, 0])

  const change = { name, textHash }
  await expectRefused((later) => later.add(bermet, 'template.set', name, change))
  await expectRefused((later) => later.add(sergei, 'template.set', 'ky.wait', change))
  await expectRefused((later) => later.add(sergei, 'template.set', name, { name, textHash: null }))
  const unknown = { name: 'ky.x', textHash }
  await expectRefused((later) => later.add(sergei, 'template.set', 'ky.x', unknown))
})

test('A ledger of another root is broken at its first row', async () => {
  const other = await LedgerWriter.begin()
  expect(await replayLedger(ledger.rows, other.rootKey)).toMatchObject({ isWhole: false, at: 1 })
  expect(await replayLedger([], other.rootKey)).toMatchObject({ isWhole: true })
})

const swapRoles = (change: string): string =>
  change.replace(/"(admin|intake)"/, (_, role: string) =>
    role === 'admin' ? '"intake"' : '"admin"',
  )

const MANY = sampleOf(1000, 10_000)
test(
  `R25, R33: Of ${MANY} ledgers that a server changed, the app accepts none`,
  SAMPLED,
  async () => {
    const chance = chanceFrom(seedFor('Changed ledgers'))
    let accepted = 0
    let tried = 0
    while (tried < MANY) {
      const mutated = mutateRows(ledger.rows, chance.below, swapRoles)
      if (mutated === null) continue
      tried += 1
      if ((await replay(mutated)).isWhole) accepted += 1
    }
    expect({ accepted, tried }).toEqual({ accepted: 0, tried: MANY })
  },
)

describe('the rota and quiet hours', () => {
  const rota = {
    nightFrom: 22,
    nightUntil: 8,
    nights: Array.from({ length: 7 }, () => []),
    days: [],
  }
  const quiet = { from: 22, until: 8, hasDigest: true }

  test('The newest rota of an admin and each person’s own quiet hours count', async () => {
    const copy = ledger.copy()
    await copy.add(aigul, 'rota.set', aigul.id, rota)
    await copy.add(sergei, 'rota.set', sergei.id, { ...rota, days: [bermet.id] })
    await copy.add(bermet, 'quiet.set', bermet.id, quiet)
    const { isWhole, roster } = await replayLedger(copy.rows, copy.rootKey)
    expect(isWhole).toBe(true)
    expect(roster.rota?.days).toEqual([bermet.id])
    expect([...roster.quiet]).toEqual([[bermet.id, quiet]])
  })

  test('A rota of a person who is not an admin breaks the ledger', () =>
    expectRefused((copy) => copy.add(bermet, 'rota.set', bermet.id, rota)))

  test('Quiet hours for somebody else, or of a person who waits, break the ledger', async () => {
    await expectRefused((copy) => copy.add(aigul, 'quiet.set', bermet.id, quiet))
    await expectRefused((copy) => copy.add(daniyar, 'quiet.set', daniyar.id, quiet))
  })

  test('A rota with six nights or an hour 24 breaks the ledger', async () => {
    for (const change of [{ nights: [] }, { nightUntil: 24 }])
      await expectRefused((copy) => copy.add(aigul, 'rota.set', aigul.id, { ...rota, ...change }))
  })
})
