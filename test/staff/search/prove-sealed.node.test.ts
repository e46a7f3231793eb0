import { beforeAll, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { verifyKeys, type VerifyKeys } from '#protocol/keys/signatures'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import { factsHash, caseFactsIn } from '#protocol/staff/case-log/facts'
import { type CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { type SealedCase } from '#protocol/staff/list/sealed-cases'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { EMPTY_SUMMARY, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { proveSealed } from '#site/staff/search/prove-sealed.ts'
import { readSigned } from '#site/staff/search/signed-state.ts'
import { sealedCaseOf } from '#test/protocol/support/sealed-case.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let work: WorkedCase
let sealed: SealedCase
let leaf: CaseLeaf

beforeAll(async () => {
  team = await colleagues()
  const [made] = await workedCases(team, ['Мени батирде кармап турушат'])
  work = made!
  await work.openAndTake(team.aigul)
  const { sealed: taken } = await work.load(team.aigul)
  const summary = { ...EMPTY_SUMMARY, title: 'Кызыл үй' }
  await writeIn(team.aigul, taken).record({ record: SUMMARY, revision: 1 }, summary)
  const stored = await work.stored()
  sealed = { ...sealedCaseOf(stored), extent: { followUps: 0, rows: stored.log.length } }
  const log = await replayCaseLog(stored.log, { caseId: work.id, roster: team.aigul.roster })
  const head = { caseId: fromB64(work.id), n: log.rows, hash: log.head }
  leaf = { ...head, facts: await factsHash(work.id, caseFactsIn(log)) }
})

/** Wraps the result of verifyKeys, so that a test can count the calls. */
const counted = () => {
  const keyOf = verifyKeys()
  return vi.fn<VerifyKeys>((key) => keyOf(key))
}
const prove = async (shown: SealedCase, by: CaseLeaf | undefined) => {
  const keyOf = counted()
  const said = { leaf: by, signed: await readSigned(shown) }
  const hashes = await proveSealed(shown, said, team.aigul.roster, keyOf)
  return { keys: [...hashes.keys()], verified: keyOf.mock.calls.length }
}

describe('the keys of a sealed case', () => {
  test('The leaf proves a case that has not grown, without a signature', async () => {
    expect(await prove(sealed, leaf)).toEqual({ keys: [`${work.id} 1`], verified: 0 })
  })

  test('Without a leaf, or after the case has grown, its rows prove it', async () => {
    const proven = { keys: [`${work.id} 1`], verified: 1 }
    expect(await prove(sealed, undefined)).toEqual(proven)
    expect(await prove(sealed, { ...leaf, n: leaf.n - 1 })).toEqual(proven)
    expect(await prove(sealed, { ...leaf, facts: randomBytes(32) })).toEqual(proven)
  })

  test('R36: No leaf proves a case that shows another key, record or state', async () => {
    const [row] = sealed.keyRows
    const keyHash = await caseKeyHash({ caseId: work.id, keyNo: 1 }, randomBytes(32))
    const change = JSON.stringify({ keyNo: 1, generation: 1, keyHash })
    const forged = { ...sealed, keyRows: row ? [{ ...row, change }] : [] }
    expect(await prove(forged, leaf)).toMatchObject({ keys: [] })
    const [record] = sealed.records
    const older = record ? [{ ...record, sealed: toB64(randomBytes(1100)) }] : []
    const closed = { from: 'new', to: 'closed', followUps: 0, reason: 'spam' }
    for (const shown of [
      { ...sealed, records: older },
      { ...sealed, records: [] },
      { ...sealed, signed: { ...sealed.signed, status: JSON.stringify(closed) } },
      { ...sealed, signed: { ...sealed.signed, danger: '{' } },
    ])
      expect(await prove(shown, leaf)).toMatchObject({ verified: 1 })
  })
})
