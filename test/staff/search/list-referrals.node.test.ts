// Lists the register's referrals from the data about sealed entries that the index stores.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { dayOf } from '#protocol/time'
import { listReferrals, receiverKey } from '#site/staff/search/list-referrals.ts'
import { referralsIn as indexedIn, type KeptReferral } from '#site/staff/search/kept-referrals.ts'
import { sendMark, sendSecond } from '#site/staff/case/write/send-referral.ts'
import { SealedReader } from '#site/staff/search/read-sealed.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { LIFE, POLICE, refer, referralsIn } from '../support/referrals.ts'
import { workedCases, type WorkedCase } from '../support/worked-case.ts'

const DAY = 24 * 3_600_000
const ANSWER_BY = dayOf(Date.now() + 9 * DAY)
let team: Colleagues
let work: WorkedCase
let kept: readonly KeptReferral[]
let asked: string[]

/**
 * Makes three referrals: one sent, one made at night without its second signature, and one
 * confirmed.
 */
beforeAll(async () => {
  team = await colleagues()
  const { aigul, bermet } = team
  ;[work] = (await workedCases(team, ['Биринчи кат'])) as [WorkedCase]
  await work.openAndTake(aigul)
  await refer(work, aigul)
  const [first] = await referralsIn(work, aigul)
  const sent = { to: 'sent', text: '', expectedDay: ANSWER_BY } as const
  await sendMark(aigul, await work.load(aigul), first!, sent)
  await refer(work, aigul, { basis: LIFE, receiver: POLICE, fields: ['place', 'danger'] })
  const third = await refer(work, aigul, { isUnder18: 'unknown' })
  await sendSecond(bermet, await work.load(bermet), third, '')
  const reader = new SealedReader(bermet)
  const { cases } = await reader.loadPage([work.id])
  asked = []
  work.edge.wire = ({ path, pass }) => {
    asked.push(path)
    return pass()
  }
  kept = (await reader.read(cases[0]!)).read.referrals
})
afterEach(() => void vi.unstubAllGlobals())

const cases = () => [
  {
    id: work.id,
    title: 'бир',
    referrals: indexedIn([{ id: work.id, mergedFirst: null, referrals: kept }]),
  },
]
const list = (choice = {}, now = Date.now()) => listReferrals(cases(), choice, () => null, now)

test('The index has the state, the second signature and the receiver of each referral', () => {
  const [first, night, third] = cases()[0]!.referrals
  expect(first?.signed).toMatchObject({ state: 'sent', expectedDay: ANSWER_BY, second: 'none' })
  expect(night).toMatchObject({ receiver: POLICE, signed: { second: 'after', confirmed: null } })
  expect(third?.signed.confirmed?.actor).toBe(team.bermet.keys.personId)
})

test('Overdue lines come first, then those by the day of the answer', () => {
  const soon = Date.now()
  const states = (now: number) => list({}, now).map(({ owed }) => owed.map(({ what }) => what))
  const [late] = list({}, soon + 30 * DAY)
  expect(late?.owed.some(({ isLate }) => isLate)).toBe(true)
  expect(states(Date.now())[0]).toEqual([])
  const later = list({}, soon + 10 * DAY)
  expect(later.filter(({ owed }) => owed.some(({ isLate }) => isLate)).length).toBeGreaterThan(1)
  expect(later.map(({ owed }) => Number(owed.some(({ isLate }) => isLate)))).toEqual([1, 1, 0])
})

test('It is chosen by state and by receiver, and asks the edge for nothing', () => {
  expect(list({ state: 'sent' })).toHaveLength(1)
  expect(list({ receiver: receiverKey({ receiver: POLICE }) })).toHaveLength(1)
  expect(list({ receiver: POLICE.name, state: 'sent' })).toEqual([])
  expect(asked).toEqual([])
})

test('A server that numbers entries anew, or hides some, shows no state that nobody set', () => {
  for (const only of [0, 1, 2, 3, 4, 5]) {
    const some = kept.filter((_, at) => at !== only)
    const states = indexedIn([{ id: work.id, mergedFirst: null, referrals: some }]).map(
      ({ signed }) => signed.state,
    )
    expect(states.every((state) => ['made', 'sent'].includes(state))).toBe(true)
  }
  const swapped = kept.map((each, at) => ({ ...each, n: kept.at(-1 - at)!.n }))
  for (const { signed } of indexedIn([{ id: work.id, mergedFirst: null, referrals: swapped }]))
    if (signed.confirmed) expect(signed.confirmed.actor).not.toBe(signed.actor)
})
