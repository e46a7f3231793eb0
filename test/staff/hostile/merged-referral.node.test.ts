// Opens a case that has absorbed a second case, while the server changes the absorbed log. A
// referral in that log was confirmed, sent and revoked. If the app accepted an older state, it
// would send or keep revoked data.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { loadReferrals } from '#site/staff/case/read/load-referrals.ts'
import { sendMark, sendReferral, sendSecond } from '#site/staff/case/write/send-referral.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { draftFor, PAGE, refer, referralsIn } from '../support/referrals.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

let team: Colleagues
let aigul: CaseWriter, bermet: CaseWriter
let begun: WorkedCase[]
let ended: WorkedCase, goesOn: WorkedCase
/** the true log of the absorbed case */
let log: StoredCase['log']
/** the number of the row that made the referral */
let madeAt: number

beforeAll(async () => {
  team = await colleagues()
  ;({ aigul, bermet } = team)
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  const [one, two] = begun as [WorkedCase, WorkedCase]
  for (const each of begun) await each.openAndTake(aigul)
  const made = await refer(one, aigul, { isUnder18: 'unknown' })
  await sendSecond(bermet, await one.load(bermet), made, '')
  const step = async (to: 'sent' | 'revoked') => {
    const [now] = await referralsIn(one, aigul)
    const expected = to === 'sent' ? { expectedDay: null } : {}
    await sendMark(aigul, await one.load(aigul), now!, { to, text: '', ...expected })
  }
  await step('sent')
  await step('revoked')
  await sendMerging(aigul, one.id, two.id)
  ;({ log } = await one.stored())
  madeAt = made.signed.n
  vi.unstubAllGlobals()
})
beforeEach(async () => {
  ;[ended, goesOn] = (await copyCases(begun)) as [WorkedCase, WorkedCase]
  forgetSeen()
})
afterEach(() => void vi.unstubAllGlobals())

const load = async () => {
  const loaded = await goesOn.load(bermet)
  const shown = await loadReferrals(bermet.roster, loaded, Date.now())
  const absorbed = loaded.others.map(({ sealed }) => sealed)
  return { loaded, shown, checks: await checkCase(loaded.sealed, bermet.roster, absorbed) }
}

/** Shows a false log of the absorbed case, with the entries that this log lists. */
const showLog = (shown: StoredCase['log']): void => {
  ended.show(({ entries, ...rest }) => {
    return { ...rest, log: shown, entries: entries.filter(({ n }) => n <= shown.length) }
  })
}

const actionAt = (n: number): string => Statement.parse(JSON.parse(log[n - 1]!.statement)).action

test('The honest case shows the referral as it ended', async () => {
  const { shown, checks } = await load()
  expect(shown).toMatchObject([{ doubts: [], signed: { state: 'revoked', caseId: ended.id } }])
  expect([checks.missing, checks.letters.size]).toEqual([0, 0])
})

test('An absorbed log that ends early shows no older state of its referral', async () => {
  const cuts = [...log.keys()].filter((at) => at >= madeAt)
  expect(cuts.map(actionAt)).toEqual([
    ...(['referral.make', 'referral.confirm', 'referral.mark', 'referral.mark'] as const),
  ])
  const shortened = cuts.flatMap((at) => [
    log.slice(0, at),
    // Here the merge row is again the last row of the log.
    [...log.slice(0, at), ...log.slice(-1)],
  ])
  for (const each of shortened.filter(({ length }) => length < log.length)) {
    showLog(each)
    const { shown, checks } = await load()
    expect([each.length, shown]).toEqual([each.length, []])
    expect(checks.letters.has(ended.id)).toBe(true)
  }
})

test('Nothing is signed about a hidden referral, and nothing is made beside it', async () => {
  const [honest] = (await load()).shown
  forgetSeen()
  showLog(log.slice(0, madeAt))
  const { loaded } = await load()
  const before = (await goesOn.stored()).log.length
  const told = { to: 'sent', text: '', expectedDay: null } as const
  const made = { ...honest!, signed: { ...honest!.signed, state: 'made' as const } }
  await expect(sendMark(bermet, loaded, made, told)).rejects.toMatchObject({
    code: expect.stringMatching(/^(record_changed|cannot_open)$/) as string,
  })
  await expect(sendReferral(bermet, loaded, await draftFor(bermet), PAGE)).rejects.toMatchObject({
    code: 'record_changed',
  })
  expect((await goesOn.stored()).log).toHaveLength(before)
})

test('A server that hides the whole absorbed case shows no referral', async () => {
  goesOn.show((stored) => ({ ...stored, absorbed: [], item: { ...stored.item, absorbed: 0 } }))
  const { loaded, shown, checks } = await load()
  expect(shown).toEqual([])
  expect(checks.missing).toBeGreaterThan(0)
  await expect(sendReferral(bermet, loaded, await draftFor(bermet), PAGE)).rejects.toMatchObject({
    code: 'record_changed',
  })
})
