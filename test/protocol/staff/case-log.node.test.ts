import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { answerName } from '#protocol/staff/case-log/state'
import type { CaseAction } from '#protocol/staff/actions'
import type { Statement } from '#protocol/staff/statement'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { CaseWriter, KEY_HASH, openTeams, rosterOf } from '../support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'
import { mutateRows } from '../support/mutate-rows.ts'

// Aigul ──key.make 1──letters.take first──status new → in_progress──entry.add──┐
// Bermet ─────────────────────────────────────────────────entry.add──answer 0 ─┤
// Aigul ──key.make 2──letters.take later──status new → closed (a follow-up came)
const hash = () => toB64(randomBytes(32))
const first = toB64(randomBytes(16))
const later = toB64(randomBytes(16))
const hashes = { first: hash(), later: hash(), aigul: hash(), bermet: hash(), reply: hash() }
let ledger: LedgerWriter
let roster: Roster
let aigul: Writer, bermet: Writer, sergei: Writer
let log: CaseWriter

beforeAll(async () => {
  ;[aigul, bermet, sergei] = await Promise.all([writer(), writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(bermet, 'intake')
  await ledger.certify(sergei, 'admin')
  await openTeams(ledger, aigul, 1)

  log = new CaseWriter(ledger, first)
  await log.add(aigul, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
  await log.add(aigul, 'letters.take', taking(1, first, hashes.first))
  await log.add(aigul, 'status.set', { from: 'new', to: 'in_progress', followUps: 0 })
  await log.add(aigul, 'entry.add', { keyNo: 1, entryHash: hashes.aigul })
  await log.add(bermet, 'entry.add', { keyNo: 1, entryHash: hashes.bermet })
  await log.add(bermet, 'answer.send', { index: 0, sealedHash: hashes.reply, followUps: 0 })
  log.day = '2026-11-28'
  await openTeams(ledger, aigul, 2)
  roster = await rosterOf(ledger)
  await log.add(aigul, 'key.make', { keyNo: 2, generation: 2, keyHash: KEY_HASH })
  await log.add(aigul, 'letters.take', taking(2, later, hashes.later))
  await log.add(aigul, 'status.set', { from: 'new', to: 'closed', followUps: 1, reason: 'helped' })
})

const taking = (keyNo: number, id: string, contentHash: string) => ({
  keyNo,
  letters: [{ id, contentHash }],
})

const replay = (rows: readonly LedgerRow[] = log.rows, by: Roster = roster) =>
  replayCaseLog(rows, { caseId: first, roster: by })

test('The replay of a log gives the state that the tables must show', async () => {
  expect(await replay()).toEqual({
    fault: null,
    at: null,
    otherHead: null,
    ledgerRow: ledger.rows.length,
    rows: 9,
    head: log.head,
    day: '2026-11-28',
    status: 'closed',
    closeReason: 'helped',
    followUps: 1,
    ...{ danger: null, dangerFollowUps: 0, dangerDay: null },
    ...{ acted: 0, assignee: null, givenBy: null },
    entered: null,
    isJoined: false,
    isKeyStale: false,
    mergedInto: null,
    absorbed: new Map(),
    records: new Map(),
    ...{ referrals: new Map(), referralRows: [] },
    letters: new Map([
      [first, hashes.first],
      [later, hashes.later],
    ]),
    keys: new Map([
      [1, { generation: 1, keyHash: KEY_HASH }],
      [2, { generation: 2, keyHash: KEY_HASH }],
    ]),
    entries: new Map([
      [4, { actor: aigul.id, at: '2026-11-26', entryHash: hashes.aigul, keyNo: 1 }],
      [5, { actor: bermet.id, at: '2026-11-26', entryHash: hashes.bermet, keyNo: 1 }],
    ]),
    answers: new Map([
      [answerName(first, 0), { actor: bermet.id, at: '2026-11-26', sealedHash: hashes.reply }],
    ]),
  })
})

test('R25: Of 2,000 case logs that a server changed, a browser accepts none', async () => {
  const draw = chanceFrom(20261127).below
  const edit = (change: string): string =>
    change.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
  let accepted = 0
  let tried = 0
  while (tried < 2000) {
    const mutated = mutateRows(log.rows, draw, edit)
    if (mutated === null) continue
    tried += 1
    if ((await replay(mutated)).fault === null) accepted += 1
  }
  expect({ accepted, tried }).toEqual({ accepted: 0, tried: 2000 })
}, 120_000)

/** Expects that a row breaks the log, and that the replay equals the replay of the earlier rows. */
async function expectBroken(
  add: (copy: CaseWriter) => Promise<void>,
  by: Roster = roster,
): Promise<void> {
  const copy = log.copy()
  await add(copy)
  const broken = await replay(copy.rows, by)
  expect(broken).toEqual({ ...(await replay(log.rows, by)), fault: 'broken', at: 10 })
}

describe('A row that a rule forbids breaks the log, and the rows before it stay', () => {
  const status = (from: string, to: string, followUps: number) => ({
    from,
    to,
    followUps,
    ...(to === 'closed' && { reason: 'helped' }),
  })
  const note = () => ({ keyNo: 2, entryHash: hash() })

  test.each<[string, CaseAction, () => object]>([
    ['A status from another one', 'status.set', () => status('in_progress', 'new', 1)],
    ['A reopening without a new follow-up', 'status.set', () => status('new', 'closed', 1)],
    ['A status that does not change', 'status.set', () => status('closed', 'closed', 1)],
    ['A key without a hash', 'key.make', () => ({ keyNo: 3, generation: 2 })],
    ['A key out of turn', 'key.make', () => ({ keyNo: 4, generation: 2, keyHash: KEY_HASH })],
    ['A key twice', 'key.make', () => ({ keyNo: 2, generation: 2, keyHash: KEY_HASH })],
    [
      'A key under an older generation',
      'key.make',
      () => ({ keyNo: 3, generation: 1, keyHash: KEY_HASH }),
    ],
    [
      'A key under an unknown generation',
      'key.make',
      () => ({ keyNo: 3, generation: 3, keyHash: KEY_HASH }),
    ],
    ['A letter that is taken twice', 'letters.take', () => taking(2, first, hashes.first)],
    [
      'A letter twice in one row',
      'letters.take',
      () => ({
        keyNo: 2,
        letters: [
          { id: aigul.id, contentHash: hash() },
          { id: aigul.id, contentHash: hash() },
        ],
      }),
    ],
    ['A letter under an old key', 'letters.take', () => taking(1, bermet.id, hash())],
    ['An entry under an old key', 'entry.add', () => ({ keyNo: 1, entryHash: hash() })],
    ['A change of another shape', 'entry.add', () => ({ keyNo: 2 })],
  ])('%s', async (_name, action, change) => {
    await expectBroken((copy) => copy.add(aigul, action, change()))
  })

  test('A row of a stranger, of an admin without intake, or of the root', async () => {
    for (const by of [await writer(), sergei, ledger.root])
      await expectBroken((copy) => copy.add(by, 'entry.add', note()))
  })

  test('A row with the name of a reader and the signature of another', async () => {
    const forger = { id: aigul.id, signing: bermet.signing }
    await expectBroken((copy) => copy.add(forger, 'entry.add', note()))
  })

  test('A row of another case, of the ledger, or with a minute', async () => {
    for (const said of [{ subject: bermet.id }, { at: '2026-11-28T10:00Z' }])
      await expectBroken((copy) => copy.add(aigul, 'entry.add', note(), said))
    await expectBroken((copy) => copy.add(aigul, 'entry.add', note(), { action: 'person.remove' }))
  })

  test('A row that is dated back by more than a day', () =>
    expectBroken((copy) => copy.add(aigul, 'entry.add', note(), { at: '2026-11-26' })))
})

test('Of two replies at one index, the newer one counts', async () => {
  const copy = log.copy()
  const sealedHash = hash()
  await copy.add(aigul, 'answer.send', { index: 0, sealedHash, followUps: 1 })
  const { fault, answers } = await replay(copy.rows)
  expect([fault, answers.get(answerName(first, 0))]).toEqual([
    null,
    { actor: aigul.id, at: '2026-11-28', sealedHash },
  ])
})

const entry = () => ({ keyNo: 2, entryHash: hash() })

describe('people who come and go', () => {
  test('R36: The rows of a removed reader stay, and she adds none after it was seen', async () => {
    const grown = ledger.copy()
    await grown.add(aigul, 'person.remove', bermet.id, bermet.keys)
    const left = await rosterOf(grown)
    const copy = log.copy()
    expect((await replay(copy.rows, left)).fault).toBeNull()
    // No row here was signed after the removal was seen, so only the next checkpoint reveals
    // Bermet's row.
    await copy.add(bermet, 'entry.add', entry())
    expect((await replay(copy.rows, left)).fault).toBeNull()
    copy.line = grown
    const forged = copy.copy()
    await forged.add(bermet, 'entry.add', entry())
    expect(await replay(forged.rows, left)).toMatchObject({ fault: 'broken', at: 11 })
    await copy.add(aigul, 'entry.add', entry())
    copy.line = ledger
    await copy.add(bermet, 'entry.add', entry(), { at: '2026-11-27' })
    expect(await replay(copy.rows, left)).toMatchObject({ fault: 'broken', at: 12 })
  })

  test('A reader signs nothing by a ledger that lacks the confirmation', async () => {
    const grown = ledger.copy()
    const newcomer = await writer()
    await grown.certify(newcomer, 'intake')
    const [copy, under] = [log.copy(), await rosterOf(grown)]
    await copy.add(newcomer, 'entry.add', entry())
    expect(await replay(copy.rows, under)).toMatchObject({ fault: 'broken', at: 10 })
    const late = log.copy()
    late.line = grown
    await late.add(newcomer, 'entry.add', entry())
    expect((await replay(late.rows, under)).fault).toBeNull()
  })

  test('A reader with new keys signs with them only, and the old rows stay', async () => {
    const grown = ledger.copy()
    const renewed = { ...(await writer()), id: bermet.id }
    await grown.add(bermet, 'person.rekey', bermet.id, renewed.keys)
    await grown.confirm(aigul, renewed, 'intake')
    const rekeyed = await rosterOf(grown)
    const late = log.copy()
    late.line = grown
    await late.add(renewed, 'entry.add', entry())
    expect((await replay(late.rows, rekeyed)).fault).toBeNull()
    await late.add(bermet, 'entry.add', entry())
    expect(await replay(late.rows, rekeyed)).toMatchObject({ fault: 'broken', at: 11 })
  })

  test('A key is under the newest generation that its signer could know', async () => {
    const grown = ledger.copy()
    await openTeams(grown, aigul, 3)
    const under = await rosterOf(grown)
    const made = (generation: number) => ({ keyNo: 3, generation, keyHash: KEY_HASH })
    for (const [line, generation, fault] of [
      [ledger, 2, null],
      [ledger, 3, 'broken'],
      [grown, 2, 'broken'],
      [grown, 3, null],
    ] as const) {
      const copy = log.copy()
      copy.line = line
      await copy.add(aigul, 'key.make', made(generation))
      expect([generation, (await replay(copy.rows, under)).fault]).toEqual([generation, fault])
    }
  })
})

describe('R49: people who are shown two ledgers', () => {
  /** The branch with the removal, which Aigul sees, and the other branch, which Bermet sees. */
  async function branches(): Promise<[LedgerWriter, LedgerWriter]> {
    const [left, other] = [ledger.copy(), ledger.copy()]
    await left.add(aigul, 'person.remove', sergei.id, sergei.keys)
    await openTeams(other, bermet, 3)
    return [left, other]
  }

  test('The first row by the other ledger is a fork, in both browsers', async () => {
    const [left, other] = await branches()
    for (const [own, foreign, by] of [
      [left, other, bermet],
      [other, left, aigul],
    ] as const) {
      const copy = log.copy()
      copy.line = foreign
      await copy.add(by, 'entry.add', entry())
      await copy.add(by, 'entry.add', entry())
      const { fault, at, otherHead, rows } = await replay(copy.rows, await rosterOf(own))
      const head = { n: foreign.rows.length, hash: toB64(foreign.head) }
      expect([fault, at, otherHead, rows]).toEqual(['fork', 10, head, 9])
    }
  })

  test('A browser that is behind never says fork, and the newer ledger is whole', async () => {
    const [left] = await branches()
    const copy = log.copy()
    copy.line = left
    await copy.add(bermet, 'entry.add', entry())
    expect(await replay(copy.rows)).toMatchObject({ fault: 'behind', at: 10, rows: 9 })
    expect((await replay(copy.rows, await rosterOf(left))).fault).toBeNull()
  })

  test('A row that nobody signed is not a fork, whatever ledger it names', async () => {
    const stranger = await writer()
    for (const n of [2, 99])
      for (const by of [stranger, { id: aigul.id, signing: stranger.signing }])
        await expectBroken((copy) =>
          copy.add(by, 'entry.add', entry(), { ledger: { n, hash: hash() } }),
        )
  })

  test('A row without a ledger breaks the log', () =>
    expectBroken((copy) => copy.add(aigul, 'entry.add', entry(), { ledger: undefined })))

  test('A row by a ledger that a restart cut counts by the last row that it kept', async () => {
    const lost = ledger.copy()
    const newcomer = await writer()
    await lost.certify(newcomer, 'intake')
    const restored = ledger.copy()
    await restored.certifyKeeper(aigul, dayNumber(Date.UTC(2026, 11, 26)))
    const kept = { n: restored.rows.length, hash: toB64(restored.head) }
    const cut = { n: kept.n + 3, hash: hash() }
    await restored.add(aigul, 'ledger.restart', aigul.id, { kept, cut })
    await restored.invite(aigul, 'intake')
    const under = await rosterOf(restored)
    const said = { ledger: { n: kept.n + 2, hash: hash() } }
    const copy = log.copy()
    await copy.add(bermet, 'entry.add', entry(), said)
    expect((await replay(copy.rows, under)).fault).toBeNull()
    await copy.add(newcomer, 'entry.add', entry(), said)
    expect(await replay(copy.rows, under)).toMatchObject({ fault: 'broken', at: 11 })
    const beyond = log.copy()
    await beyond.add(bermet, 'entry.add', entry(), { ledger: { n: cut.n + 1, hash: hash() } })
    expect((await replay(beyond.rows, under)).fault).toBe('behind')
  })
})

describe('rows of a newer version', () => {
  const newer = (action: string, v: number) => ({ v, action }) as unknown as Partial<Statement>

  test('The log is read to its end, and names the first such row', async () => {
    for (const said of [newer('letter.cut', 2), newer('letter.cut', 3), newer('entry.add', 3)]) {
      const copy = log.copy()
      await copy.add(aigul, 'entry.add', { keyNo: 'x' }, said)
      await copy.add(bermet, 'entry.add', entry())
      const read = await replay(copy.rows)
      expect(read).toMatchObject({ fault: 'newer', at: 10, rows: 11, status: 'closed' })
      expect([...read.entries.keys()].at(-1)).toBe(11)
    }
  })

  test('A row that nobody could sign, or of the other chain, still breaks the log', async () => {
    const stranger = await writer()
    await expectBroken((copy) => copy.add(stranger, 'entry.add', {}, newer('letter.cut', 3)))
    await expectBroken((copy) => copy.add(aigul, 'entry.add', {}, newer('person.join', 3)))
    await expectBroken((copy) => copy.add(aigul, 'entry.add', entry(), newer('entry.add', 1)))
    const copy = log.copy()
    await copy.add(aigul, 'entry.add', {}, newer('letter.cut', 3))
    await copy.add(stranger, 'entry.add', entry())
    expect(await replay(copy.rows)).toMatchObject({ fault: 'broken', at: 11 })
  })
})
