// Replays the logs of cases that several people work on. The drawing shows the rows of the log;
// Bermet is a caseworker, and all others are readers.
//
//  1 Aigul  ──letter.enter──key.make 1──letters.take──record 0 r1──case.assign Bermet──┐
//  6 Bermet ──record 0 r2──danger.set──entry.add──answer.send──status in_progress──────┤
// 11 Aigul  ──case.assign nobody (key 1 is stale)──key.make 2──entry.add───────────────┤
// 14 Daria  ──case.absorb other──answer.send to other──case.assign Aigul──record 1 r1
import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { answerName } from '#protocol/staff/case-log/state'
import {
  ALL_ACTIONS,
  CASEWORKER_ACTIONS,
  isCaseAction,
  type CaseAction,
} from '#protocol/staff/actions'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { CASE_SAMPLES } from '../support/case-samples.ts'
import { CaseWriter, KEY_HASH, openTeams, rosterOf } from '../support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'
import { mutateRows } from '../support/mutate-rows.ts'

const DAY = '2026-11-26'
const hash = () => toB64(randomBytes(32))
const id = () => toB64(randomBytes(16))
const caseId = id()
const other = id()
const letter = hash()
const hashes = { first: hash(), second: hash(), danger: hash(), note: hash(), reply: hash() }
let ledger: LedgerWriter
let roster: Roster
let aigul: Writer, bermet: Writer, daria: Writer, erkin: Writer

beforeAll(async () => {
  ;[aigul, bermet, daria, erkin] = await Promise.all([writer(), writer(), writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(daria, 'intake')
  await ledger.certify(bermet, 'caseworker')
  await ledger.certify(erkin, 'caseworker')
  await openTeams(ledger, aigul, 1)
  roster = await rosterOf(ledger)
})

const record = (no: number, revision: number, keyNo: number, recordHash = hash()) => ({
  ...{ keyNo, record: no, revision, recordHash },
})
const given = (from: string | null, to: string | null, isGranted: boolean) => ({
  ...{ from, to, isGranted },
})
const entry = (keyNo: number, entryHash = hash()) => ({ keyNo, entryHash })
const taking = (contentHash = letter) => ({ keyNo: 1, letters: [{ id: caseId, contentHash }] })
const reply = (more: object = {}) => ({ index: 0, sealedHash: hashes.reply, followUps: 0, ...more })

/** Writes the rows of the drawing up to a given number. */
async function drawn(until = Infinity): Promise<CaseWriter> {
  const log = new CaseWriter(ledger, caseId)
  const steps: [Writer, CaseAction, object][] = [
    [aigul, 'letter.enter', { contentHash: letter }],
    [aigul, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH }],
    [aigul, 'letters.take', taking()],
    [aigul, 'record.set', record(0, 1, 1, hashes.first)],
    [aigul, 'case.assign', given(null, bermet.id, true)],
    [bermet, 'record.set', record(0, 2, 1, hashes.second)],
    [bermet, 'danger.set', { danger: true, keyNo: 1, entryHash: hashes.danger }],
    [bermet, 'entry.add', { ...entry(1, hashes.note), dueDay: '2026-12-01' }],
    [bermet, 'answer.send', reply()],
    [bermet, 'status.set', { from: 'new', to: 'in_progress', followUps: 0 }],
    [aigul, 'case.assign', given(bermet.id, null, false)],
    [aigul, 'key.make', { keyNo: 2, generation: 1, keyHash: KEY_HASH }],
    [aigul, 'entry.add', entry(2)],
    [daria, 'case.absorb', { from: other, head: hash(), also: [] }],
    [daria, 'answer.send', reply({ report: other })],
    [daria, 'case.assign', given(null, aigul.id, false)],
    [daria, 'record.set', record(1, 1, 2)],
  ]
  for (const [by, action, change] of steps.slice(0, until)) await log.add(by, action, change)
  return log
}

const replay = (rows: readonly LedgerRow[], by: Roster = roster) =>
  replayCaseLog(rows, { caseId, roster: by })

test('The replay of a team’s log gives the state that the tables must show', async () => {
  const log = await drawn()
  const state = await replay(log.rows)
  expect(state).toMatchObject({
    ...{ fault: null, at: null, rows: 17, status: 'in_progress', danger: true },
    ...{ isKeyStale: false, mergedInto: null },
    entered: { actor: aigul.id, at: DAY, contentHash: letter },
    assignee: { id: aigul.id, isGranted: false, ledgerRow: expect.any(Number) as number },
  })
  expect(state.letters).toEqual(new Map([[caseId, letter]]))
  expect(state.records.get(0)).toEqual({
    ...{ actor: bermet.id, at: DAY, keyNo: 1, revision: 2, recordHash: hashes.second },
  })
  expect([...state.records.keys()]).toEqual([0, 1])
  expect([...state.entries.keys()]).toEqual([7, 8, 13])
  expect(state.entries.get(7)).toMatchObject({ actor: bermet.id, entryHash: hashes.danger })
  expect([...state.answers.keys()]).toEqual([answerName(caseId, 0), answerName(other, 0)])
  expect([...state.absorbed.keys()]).toEqual([other])
})

test('R25: Of the changed logs of a team, a browser accepts none', SAMPLED, async () => {
  const { rows } = await drawn()
  const many = sampleOf(700, 10_000)
  const draw = chanceFrom(seedFor('Changed logs of a team')).below
  const edit = (change: string): string =>
    change.includes('true')
      ? change.replace('true', 'false')
      : change.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
  let [accepted, tried] = [0, 0]
  while (tried < many) {
    const mutated = mutateRows(rows, draw, edit)
    if (mutated === null) continue
    tried += 1
    if ((await replay(mutated)).fault === null) accepted += 1
  }
  expect({ accepted, tried }).toEqual({ accepted: 0, tried: many })
})

/**
 * Expects that one more row breaks the log, and that the replay equals the replay of the earlier
 * rows.
 */
async function expectBroken(
  log: CaseWriter,
  by: Writer,
  action: CaseAction,
  change: object,
  under: Roster = roster,
): Promise<void> {
  const copy = log.copy()
  await copy.add(by, action, change)
  const broken = await replay(copy.rows, under)
  const before = await replay(log.rows, under)
  expect([action, broken]).toEqual([
    action,
    { ...before, fault: 'broken', at: log.rows.length + 1 },
  ])
}

async function expectWhole(log: CaseWriter, by: Writer, action: CaseAction, change: object) {
  const copy = log.copy()
  await copy.add(by, action, change)
  expect([action, (await replay(copy.rows)).fault]).toEqual([action, null])
}

/** The row with Daria's referral, to which later changes refer. */
let referral = { row: 0, hash: hash() }

/** Adds a referral by Daria, so that it can be confirmed and marked. */
async function withReferral(log: CaseWriter): Promise<CaseWriter> {
  const copy = log.copy()
  await copy.add(daria, 'referral.make', CASE_SAMPLES['referral.make']())
  referral = { row: copy.rows.length, hash: toB64(copy.head) }
  return copy
}

/** A change for each action that a reader may sign after the first five rows and a referral. */
const CHANGES: Record<CaseAction, () => object> = {
  ...CASE_SAMPLES,
  'record.set': () => record(0, 2, 1),
  'case.assign': () => given(bermet.id, null, false),
  'referral.confirm': () => ({ ...CASE_SAMPLES['referral.confirm'](), of: referral }),
  'referral.mark': () => ({ ...CASE_SAMPLES['referral.mark'](), of: referral }),
}
const CASE_ACTIONS = ALL_ACTIONS.filter(isCaseAction)

describe('a caseworker', () => {
  test('A caseworker with the case signs the actions of casework and no other', async () => {
    const log = await withReferral(await drawn(5))
    for (const action of CASE_ACTIONS) {
      const [change, isOwn] = [CHANGES[action](), CASEWORKER_ACTIONS.includes(action)]
      await (isOwn ? expectWhole : expectBroken)(log, bermet, action, change)
      // A reader may do the same, but only the person who has the case can give it back.
      const isForReader = !['letter.enter', 'case.return'].includes(action)
      if (isForReader) await expectWhole(log, aigul, action, change)
    }
  })

  test('A caseworker signs nothing before the assignment and nothing after it', async () => {
    for (const log of [await drawn(4), await drawn(12)])
      for (const action of CASEWORKER_ACTIONS)
        await expectBroken(log, bermet, action, CHANGES[action]())
  })

  test('Only its holder gives a case back, and the key of a caseworker is then stale', async () => {
    const log = await drawn(5)
    for (const by of [aigul, daria, erkin]) await expectBroken(log, by, 'case.return', {})
    await log.add(bermet, 'case.return', {})
    const state = await replay(log.rows)
    expect(state).toMatchObject({ fault: null, assignee: null, isKeyStale: true })
    await expectBroken(log, bermet, 'case.return', {})
    await expectBroken(log, bermet, 'entry.add', entry(1))
    await expectBroken(log, aigul, 'entry.add', entry(1))
    await expectWhole(log, aigul, 'key.make', { keyNo: 2, generation: 1, keyHash: KEY_HASH })
  })

  test('A reader who gives a case back leaves its key in use', async () => {
    const log = await drawn(4)
    await log.add(aigul, 'case.assign', given(null, daria.id, false))
    await log.add(daria, 'case.return', {})
    await expectWhole(log, aigul, 'entry.add', entry(1))
  })

  test('A caseworker without the case signs nothing', async () => {
    const log = await drawn(5)
    for (const action of CASEWORKER_ACTIONS)
      await expectBroken(log, erkin, action, CHANGES[action]())
  })

  test('An assignment without copies of the keys lets a caseworker sign nothing', async () => {
    const log = await drawn(4)
    await log.add(aigul, 'case.assign', given(null, bermet.id, false))
    await expectBroken(log, bermet, 'entry.add', entry(1))
  })

  test('R36: The rows of a removed caseworker stay, and no new one is added', async () => {
    const grown = ledger.copy()
    await grown.add(aigul, 'person.remove', bermet.id, bermet.keys)
    const left = await rosterOf(grown)
    const log = await drawn(10)
    expect((await replay(log.rows, left)).fault).toBeNull()
    const early = log.copy()
    log.line = grown
    await expectBroken(log, bermet, 'entry.add', entry(1), left)
    await log.add(aigul, 'entry.add', entry(1))
    log.line = ledger
    await expectBroken(log, bermet, 'entry.add', entry(1), left)
    await early.add(bermet, 'entry.add', entry(1))
    expect((await replay(early.rows, left)).fault).toBeNull()
  })

  test('A caseworker signs nothing by a ledger that lacks the confirmation', async () => {
    const grown = ledger.copy()
    const newcomer = await writer()
    await grown.certify(newcomer, 'caseworker')
    const under = await rosterOf(grown)
    const log = await drawn(4)
    await log.add(aigul, 'case.assign', given(null, newcomer.id, true))
    await expectBroken(log, newcomer, 'entry.add', entry(1), under)
    log.line = grown
    await log.add(newcomer, 'entry.add', entry(1))
    expect((await replay(log.rows, under)).fault).toBeNull()
  })
})

describe('a key that a former caseworker knows', () => {
  test('R36: A part under a stale key is refused, and one under a new key is not', async () => {
    const stale = await drawn(11)
    expect((await replay(stale.rows)).isKeyStale).toBe(true)
    const parts: [CaseAction, (keyNo: number) => object][] = [
      ['letters.take', (keyNo) => ({ keyNo, letters: [{ id: id(), contentHash: hash() }] })],
      ['entry.add', (keyNo) => entry(keyNo)],
      ['record.set', (keyNo) => record(0, 3, keyNo)],
      ['danger.set', (keyNo) => ({ danger: false, ...entry(keyNo) })],
      ['case.assign', (keyNo) => ({ ...given(null, daria.id, false), reason: entry(keyNo) })],
    ]
    const renewed = await drawn(12)
    for (const [action, change] of parts) {
      await expectBroken(stale, aigul, action, change(1))
      await expectBroken(renewed, aigul, action, change(1))
      await expectWhole(renewed, aigul, action, change(2))
    }
    // Statuses and replies are not sealed under the case key.
    await expectWhole(stale, aigul, 'answer.send', reply({ index: 1 }))
  })

  test('A case that goes from one caseworker to another has a stale key as well', async () => {
    const log = await drawn(5)
    await log.add(aigul, 'case.assign', given(bermet.id, erkin.id, true))
    await expectBroken(log, erkin, 'entry.add', entry(1))
    await log.add(aigul, 'key.make', { keyNo: 2, generation: 1, keyHash: KEY_HASH })
    await expectWhole(log, erkin, 'entry.add', entry(2))
  })
})

describe('A row that a rule forbids breaks a team’s log', () => {
  test.each<[string, number, CaseAction, () => object]>([
    ['A letter that is entered second', 4, 'letter.enter', () => ({ contentHash: hash() })],
    ['An entered letter that is taken with another hash', 2, 'letters.take', () => taking(hash())],
    ['A record of a revision before', 17, 'record.set', () => record(0, 2, 2)],
    ['A record that leaves a revision out', 17, 'record.set', () => record(0, 4, 2)],
    ['A new record of revision 2', 17, 'record.set', () => record(5, 2, 2)],
    ['An assignment from somebody else', 17, 'case.assign', () => given(null, daria.id, false)],
    ['An assignment to the same person', 17, 'case.assign', () => given(aigul.id, aigul.id, false)],
    ['A copy for nobody', 17, 'case.assign', () => given(aigul.id, null, true)],
    ['A merge into itself', 17, 'case.merge', () => ({ into: caseId })],
    ['A case that is absorbed twice', 17, 'case.absorb', () => absorbed(other)],
    ['A case that absorbs itself', 17, 'case.absorb', () => absorbed(caseId)],
    ['A list that has the case twice', 17, 'case.absorb', () => absorbed(id(), [other])],
    ['A reply to a report of another case', 17, 'answer.send', () => reply({ report: id() })],
    ['Closing without a reason', 17, 'status.set', () => status('closed')],
    ['Closing as merged', 17, 'status.set', () => ({ ...status('closed'), reason: 'merged' })],
    ['A reason without closing', 17, 'status.set', () => ({ ...status('new'), reason: 'spam' })],
  ])('%s', async (_name, rows, action, change) => {
    await expectBroken(await drawn(rows), aigul, action, change())
  })

  test('Only whoever was given a case in progress takes it by the same status, once', async () => {
    const log = await drawn(13)
    const taking = { from: 'in_progress', to: 'in_progress', followUps: 0 }
    await log.add(aigul, 'case.assign', given(null, aigul.id, false))
    await expectBroken(log, aigul, 'status.set', taking)
    await log.add(aigul, 'case.assign', given(aigul.id, daria.id, false))
    for (const by of [aigul, bermet]) await expectBroken(log, by, 'status.set', taking)
    for (const status of ['new', 'closed'])
      await expectBroken(log, daria, 'status.set', { ...taking, from: status, to: status })
    await log.add(daria, 'status.set', taking)
    expect(await replay(log.rows)).toMatchObject({ status: 'in_progress', givenBy: null })
    await expectBroken(log, daria, 'status.set', taking)
  })

  test('After a case was absorbed, the status may be that of an open case, once', async () => {
    const log = await drawn(13)
    const closing = { ...status('closed'), reason: 'helped' }
    await log.add(aigul, 'status.set', closing)
    await expectBroken(log, aigul, 'status.set', { ...status('closed'), reason: 'spam' })
    await log.add(aigul, 'case.absorb', absorbed(other))
    await expectWhole(log, aigul, 'status.set', { from: 'new', to: 'in_progress', followUps: 0 })
    await expectWhole(log, aigul, 'status.set', { from: 'closed', to: 'new', followUps: 0 })
    await log.add(aigul, 'status.set', { ...status('closed'), reason: 'spam' })
    await expectBroken(log, aigul, 'status.set', { ...status('new'), followUps: 0 })
  })

  test('Any row after the case was merged', async () => {
    const log = await drawn()
    await log.add(aigul, 'case.merge', { into: id() })
    const state = await replay(log.rows)
    expect(state).toMatchObject({ fault: null, assignee: null })
    for (const action of CASE_ACTIONS) await expectBroken(log, aigul, action, CHANGES[action]())
  })
})

const absorbed = (from: string, also: string[] = []) => ({ from, head: hash(), also })
const status = (to: string) => ({ from: 'in_progress', to, followUps: 0 })
