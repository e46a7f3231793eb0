import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { replayCaseLog } from '#protocol/staff/case-log'
import { answerName } from '#protocol/staff/case-log-state'
import type { CaseAction } from '#protocol/staff/actions'
import { DAY_MS } from '#protocol/limits'
import type { LedgerRow } from '#protocol/staff/ledger'
import type { Roster } from '#protocol/staff/roster-state'
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
  await openTeams(ledger, aigul, 1, 2)
  roster = await rosterOf(ledger)

  log = new CaseWriter(first)
  await log.add(aigul, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
  await log.add(aigul, 'letters.take', taking(1, first, hashes.first))
  await log.add(aigul, 'status.set', { from: 'new', to: 'in_progress', followUps: 0 })
  await log.add(aigul, 'entry.add', { keyNo: 1, entryHash: hashes.aigul })
  await log.add(bermet, 'entry.add', { keyNo: 1, entryHash: hashes.bermet })
  await log.add(bermet, 'answer.send', { slot: 0, sealedHash: hashes.reply, followUps: 0 })
  log.day = '2026-11-28'
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
    isWhole: true,
    at: null,
    rows: 9,
    head: log.head,
    day: '2026-11-28',
    status: 'closed',
    closeReason: 'helped',
    followUps: 1,
    ...{ danger: null, dangerFollowUps: 0 },
    assignee: null,
    entered: null,
    isJoined: false,
    isKeyStale: false,
    mergedInto: null,
    absorbed: new Map(),
    records: new Map(),
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
    if ((await replay(mutated)).isWhole) accepted += 1
  }
  expect({ accepted, tried }).toEqual({ accepted: 0, tried: 2000 })
}, 120_000)

/** Expects that a row breaks the log, and that the log is then that of the rows before. */
async function expectBroken(
  add: (copy: CaseWriter) => Promise<void>,
  by: Roster = roster,
): Promise<void> {
  const copy = log.copy()
  await add(copy)
  const broken = await replay(copy.rows, by)
  expect(broken).toEqual({ ...(await replay(log.rows, by)), isWhole: false, at: 10 })
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
  await copy.add(aigul, 'answer.send', { slot: 0, sealedHash, followUps: 1 })
  const { isWhole, answers } = await replay(copy.rows)
  expect([isWhole, answers.get(answerName(first, 0))]).toEqual([
    true,
    { actor: aigul.id, at: '2026-11-28', sealedHash },
  ])
})

describe('people who come and go', () => {
  const entry = () => ({ keyNo: 1, entryHash: hash() })

  /** Bermet leaves two days after the ledger began. */
  async function rosterWithoutBermet(): Promise<Roster> {
    const copy = ledger.copy()
    copy.pass(2 * DAY_MS)
    await copy.add(aigul, 'person.remove', bermet.id, bermet.keys)
    return rosterOf(copy)
  }

  test('R36: The rows of a removed reader stay, and count until the day of removal', async () => {
    const left = await rosterWithoutBermet()
    const copy = log.copy()
    expect((await replay(copy.rows, left)).isWhole).toBe(true)
    await copy.add(bermet, 'entry.add', { ...entry(), keyNo: 2 })
    expect((await replay(copy.rows, left)).isWhole).toBe(true)
    copy.day = '2026-11-29'
    await copy.add(bermet, 'entry.add', { ...entry(), keyNo: 2 })
    expect(await replay(copy.rows, left)).toMatchObject({ isWhole: false, at: 11 })
  })

  test('A reader signs nothing before the day of the confirmation', async () => {
    const copy = ledger.copy()
    copy.pass(4 * DAY_MS)
    const newcomer = await writer()
    await copy.certify(newcomer, 'intake')
    const grown = await rosterOf(copy)
    await expectBroken((early) => early.add(newcomer, 'entry.add', { ...entry(), keyNo: 2 }), grown)
    const late = log.copy()
    late.day = '2026-11-30'
    await late.add(newcomer, 'entry.add', { ...entry(), keyNo: 2 })
    expect((await replay(late.rows, grown)).isWhole).toBe(true)
  })

  test('A reader with new keys signs with them only, and the old rows stay', async () => {
    const copy = ledger.copy()
    copy.pass(2 * DAY_MS)
    const renewed = { ...(await writer()), id: bermet.id }
    await copy.add(bermet, 'person.rekey', bermet.id, renewed.keys)
    await copy.confirm(aigul, renewed, 'intake')
    const rekeyed = await rosterOf(copy)
    const late = log.copy()
    late.day = '2026-11-29'
    await late.add(renewed, 'entry.add', { ...entry(), keyNo: 2 })
    expect((await replay(late.rows, rekeyed)).isWhole).toBe(true)
    await late.add(bermet, 'entry.add', { ...entry(), keyNo: 2 })
    expect(await replay(late.rows, rekeyed)).toMatchObject({ isWhole: false, at: 11 })
  })

  test('A removal shortly before midnight still lets a row of the next day count', async () => {
    const copy = await LedgerWriter.begin(Date.UTC(2026, 10, 26, 23, 30))
    await copy.certify(aigul, 'intake')
    await copy.certify(bermet, 'intake')
    await openTeams(copy, aigul, 1)
    copy.pass(14 * 60_000)
    await copy.add(aigul, 'person.remove', bermet.id, bermet.keys)
    const early = new CaseWriter(first)
    early.day = '2026-11-27'
    await early.add(bermet, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
    expect((await replay(early.rows, await rosterOf(copy))).isWhole).toBe(true)
  })
})
