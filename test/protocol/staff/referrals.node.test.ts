// Replays referrals in a case log. Aigul and Daria are readers.
//
//  1 Aigul ──key.make──referral.make (before)──┐
//  3 Daria ──referral.confirm──────────────────┤
//  4 Aigul ──referral.mark sent──accepted
import { beforeAll, describe, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { foldReferrals, lastSendDay } from '#protocol/staff/case-log/referral-state'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import type { CaseAction } from '#protocol/staff/actions'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'
import { CaseWriter, KEY_HASH, openTeams, rosterOf } from '../support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'
import { mutateRows } from '../support/mutate-rows.ts'

const hash = () => toB64(randomBytes(32))
const id = () => toB64(randomBytes(16))
const about = () => ({ keyNo: 1, entryHash: hash(), followUps: 0, absorbed: 0 })
let ledger: LedgerWriter
let roster: Roster
let aigul: Writer, daria: Writer

beforeAll(async () => {
  ;[aigul, daria] = await Promise.all([writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'intake')
  await ledger.certify(daria, 'intake')
  await openTeams(ledger, aigul, 1)
  roster = await rosterOf(ledger)
})

interface Place {
  row: number
  hash: string
  caseId?: string
}

const made = (second: string) => ({ ...about(), fileHash: hash(), second })
const second = (of: Place) => ({ ...about(), of })
const step = (of: Place, from: string, to: string) => ({
  ...{ ...about(), of, from, to },
  ...(to === 'sent' && { expectedDay: '2026-12-24' }),
})

const replay = (log: CaseWriter) => replayCaseLog(log.rows, { caseId: log.caseId, roster })

/** Starts a log with a referral by Aigul. */
async function referred(need: string): Promise<{ log: CaseWriter; of: Place }> {
  const log = new CaseWriter(ledger)
  await log.add(aigul, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
  await log.add(aigul, 'referral.make', made(need))
  return { log, of: { row: 2, hash: toB64(log.head) } }
}

async function expectRow(
  log: CaseWriter,
  [by, action, change]: [Writer, CaseAction, object],
  fault: 'broken' | null,
  said = {},
): Promise<void> {
  const copy = log.copy()
  await copy.add(by, action, change, said)
  expect([action, (await replay(copy)).fault]).toEqual([action, fault])
}

async function drawn() {
  const { log, of } = await referred('before')
  await log.add(daria, 'referral.confirm', second(of))
  await log.add(aigul, 'referral.mark', step(of, 'made', 'sent'))
  await log.add(aigul, 'referral.mark', step(of, 'sent', 'accepted'))
  return { log, of }
}

test('The replay gives the state, the second signature and the day of the answer', async () => {
  const { log, of } = await drawn()
  const { fault, referrals, entries } = await replay(log)
  expect(fault).toBeNull()
  expect([...entries.keys()]).toEqual([2, 3, 4, 5])
  expect(referrals.get(2)).toMatchObject({
    ...{ state: 'accepted', wasSent: true, expectedDay: '2026-12-24', hash: of.hash },
    ...{ actor: aigul.id, confirmed: { actor: daria.id, n: 3 } },
  })
})

test('R25: Of the changed logs of a referral, a browser accepts none', SAMPLED, async () => {
  const { log } = await drawn()
  const many = sampleOf(200, 10_000)
  const { below } = chanceFrom(seedFor('Changed logs of referrals'))
  const edit = (change: string): string =>
    change.includes('before')
      ? change.replace('before', 'none')
      : change.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
  let [accepted, tried] = [0, 0]
  while (tried < many) {
    const mutated = mutateRows(log.rows, below, edit)
    if (mutated === null) continue
    tried += 1
    const { fault } = await replayCaseLog(mutated, { caseId: log.caseId, roster })
    if (fault === null) accepted += 1
  }
  expect({ accepted, tried }).toEqual({ accepted: 0, tried: many })
})

describe('a row breaks the log', () => {
  test('The hand of the first signature gives no second one', async () => {
    const { log, of } = await referred('before')
    await expectRow(log, [aigul, 'referral.confirm', second(of)], 'broken')
    await expectRow(log, [daria, 'referral.confirm', second(of)], null)
  })

  test('A second signature over another row, or the second of two', async () => {
    const { log, of } = await referred('before')
    for (const other of [
      { ...of, hash: hash() },
      { ...of, row: 1 },
      { ...of, caseId: id() },
    ])
      await expectRow(log, [daria, 'referral.confirm', second(other)], 'broken')
    await log.add(daria, 'referral.confirm', second(of))
    await expectRow(log, [daria, 'referral.confirm', second(of)], 'broken')
  })

  test('A referral that leaves before the second signature, or 31 days after it', async () => {
    const { log, of } = await referred('before')
    const leave = ['referral.mark', step(of, 'made', 'sent')] as const
    await expectRow(log, [aigul, ...leave], 'broken')
    await log.add(daria, 'referral.confirm', second(of))
    await expectRow(log, [aigul, ...leave], null, { at: lastSendDay(log.day) })
    await expectRow(log, [aigul, ...leave], 'broken', { at: '2027-01-01' })
  })

  test.each([
    ['made', 'accepted'],
    ['sent', 'accepted'],
    ['made', 'told'],
    ['made', 'done'],
    ['revoked', 'sent'],
  ])('From %s to %s at once', async (from, to) => {
    const { log, of } = await referred('none')
    await expectRow(log, [aigul, 'referral.mark', step(of, from, to)], 'broken')
  })

  test('An answer with a day, or a sending without one', async () => {
    const { log, of } = await referred('none')
    const { expectedDay, ...none } = step(of, 'made', 'sent')
    await expectRow(log, [aigul, 'referral.mark', none], 'broken')
    const odd = { ...step(of, 'made', 'revoked'), expectedDay }
    await expectRow(log, [aigul, 'referral.mark', odd], 'broken')
  })
})

test('A surviving case continues a referral, and both logs are judged together', async () => {
  const { log, of } = await referred('before')
  const next = new CaseWriter(ledger)
  const there = { ...of, caseId: log.caseId }
  await next.add(aigul, 'key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
  await expectRow(next, [daria, 'referral.confirm', second(there)], 'broken')
  await next.add(aigul, 'case.absorb', { from: log.caseId, head: toB64(log.head), also: [] })
  const after = async (...rows: [Writer, CaseAction, object][]) => {
    const copy = next.copy()
    for (const row of rows) await copy.add(...row)
    const [old, now] = [await replay(log), await replay(copy)]
    expect([old.fault, now.fault]).toEqual([null, null])
    const [found] = foldReferrals([...old.referralRows, ...now.referralRows]).values()
    return found
  }
  const leave = step(there, 'made', 'sent')
  expect(
    await after([daria, 'referral.confirm', second(there)], [aigul, 'referral.mark', leave]),
  ).toMatchObject({ state: 'sent', confirmed: { actor: daria.id } })
  // The surviving case's log alone does not show who made the referral; both logs together do.
  expect(
    await after([aigul, 'referral.confirm', second(there)], [aigul, 'referral.mark', leave]),
  ).toMatchObject({ state: 'made', confirmed: null })
})
