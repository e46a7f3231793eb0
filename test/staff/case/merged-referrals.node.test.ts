// Evaluates referrals across chains of merges. In random order, colleagues act on cases and merge
// them. The logs arrive in any order, and the combined state must follow the merges.
//
//   one ──make──┐
//   two ────────┴─confirm──┐
//   three ─────────────────┴─sent, accepted
import { expect, test } from 'vitest'
import { endedFirst, type MergedCase } from '#protocol/staff/case-log/ended-first'
import {
  faultOfConfirm,
  faultOfMark,
  foldReferrals,
  madeReferral,
  nextStates,
  referralName,
  withMark,
  withSecond,
  type ReferralRow,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { chanceFrom, happens, type Chance } from '#scripts/shared/seeded-random'
import { referralsIn, type KeptReferral } from '#site/staff/search/kept-referrals.ts'
import { sampleOf, SAMPLED, seedFor } from '#test/sample.ts'

const DAY = '2026-12-01'
const PEOPLE = ['aigul', 'bermet', 'daria']
const STEPS = 30

interface DrawnCase extends MergedCase {
  rows: ReferralRow[]
  /** the same acts, in the form in which the index stores their entries */
  kept: KeptReferral[]
  /** the cases that this case has absorbed, directly or through other cases */
  absorbed: Set<string>
}

/** Cases on which colleagues acted one after another, and the true state of each referral. */
interface Drawn {
  cases: DrawnCase[]
  truth: Map<string, SignedReferral>
}

const about = (hash: string) => ({ keyNo: 1, entryHash: hash, followUps: 0, absorbed: 0 })

function drawSchedule(chance: Chance): Drawn {
  const cases = Array.from({ length: 3 + chance.below(4) }, (_, at): DrawnCase => ({
    ...{ id: `case ${at}`, mergedInto: null, rows: [], kept: [], absorbed: new Set() },
  }))
  const truth = new Map<string, SignedReferral>()
  for (let step = 0; step < STEPS; step++) {
    const open = cases.filter(({ mergedInto }) => mergedInto === null)
    const on = chance.one(open)
    if (open.length > 1 && happens(chance, 15)) {
      const into = chance.one(open.filter((each) => each !== on))
      on.mergedInto = into.id
      for (const each of [on.id, ...on.absorbed]) into.absorbed.add(each)
    } else act(chance, on, truth)
  }
  // In the end, one case has absorbed all others.
  const [last, ...others] = cases.filter(({ mergedInto }) => mergedInto === null)
  for (const each of others) each.mergedInto = last!.id
  return { cases, truth }
}

/** Returns the cases in any order. */
function arriving(chance: Chance, cases: readonly DrawnCase[]): DrawnCase[] {
  const left = [...cases]
  return cases.flatMap(() => left.splice(chance.below(left.length), 1))
}

/** Makes a referral, or performs the next act on a referral that the case knows. */
function act(chance: Chance, on: DrawnCase, truth: Map<string, SignedReferral>): void {
  const by = { caseId: on.id, n: on.rows.length + 1, actor: chance.one(PEOPLE), day: DAY }
  const of = { n: by.n, author: by.actor, at: `${DAY}T10:00Z` }
  const known = [...truth.values()].filter(
    ({ caseId }) => caseId === on.id || on.absorbed.has(caseId),
  )
  const made = known.length > 0 && happens(chance, 75) ? chance.one(known) : null
  if (!made) {
    const name = referralName(on.id, by.n)
    const change = { ...about(name), fileHash: '', second: 'before' as const }
    on.rows.push({ ...by, hash: name, action: 'referral.make', change })
    on.kept.push({
      ...({ ...of, is: 'made', hash: name, basis: 'consent', second: 'before' } as const),
      ...({ consentEnds: null, told: null } as const),
      receiver: { listed: null, name: 'x', kind: 'organisation' },
    })
    truth.set(name, { ...madeReferral(by, change), hash: name })
    return
  }
  const name = referralName(made.caseId, made.n)
  const place = { row: made.n, hash: name, caseId: made.caseId }
  if (faultOfConfirm(made, by.actor) === null && happens(chance, 60)) {
    const change = { ...about(''), of: place }
    on.rows.push({ ...by, hash: null, action: 'referral.confirm', change })
    on.kept.push({ ...of, is: 'second', of: name })
    truth.set(name, withSecond(made, by))
    return
  }
  const next = nextStates(made)
  if (next.length === 0) return
  const to = chance.one(next)
  const expected = to === 'sent' ? { expectedDay: `2026-12-${10 + chance.below(20)}` } : {}
  const change = { ...about(''), of: place, from: made.state, to, ...expected }
  if (faultOfMark(made, change, DAY) !== null) return
  on.rows.push({ ...by, hash: null, action: 'referral.mark', change })
  on.kept.push({ ...of, is: 'mark', of: name, from: made.state, to, ...expected, told: null })
  truth.set(name, withMark(made, by, change))
}

test('Acts on a referral by two absorbed cases count in the order of the merges', SAMPLED, () => {
  const seed = seedFor('Chains of merges')
  let deep = 0
  for (let at = 0; at < sampleOf(400, 10_000); at++) {
    const chance = chanceFrom(seed + at)
    const { cases, truth } = drawSchedule(chance)
    const arrived = arriving(chance, cases)
    const folded = foldReferrals(endedFirst(arrived).flatMap(({ rows }) => rows))
    const sorted = (map: Iterable<readonly [string, unknown]>) =>
      [...map].sort(([one], [other]) => one.localeCompare(other))
    expect([seed + at, sorted(folded)]).toEqual([seed + at, sorted(truth)])
    const inIndex = referralsIn(
      arrived.map(({ id, mergedInto, kept }) => ({ id, mergedFirst: mergedInto, referrals: kept })),
    )
    const shown = inIndex.map(({ signed }) => ({
      ...signed,
      hash: referralName(signed.caseId, signed.n),
    }))
    expect([seed + at, sorted(shown.map((each) => [each.hash, each]))]).toEqual([
      seed + at,
      sorted(truth),
    ])
    const logs = [...truth.values()].map(
      ({ steps, confirmed }) =>
        new Set([...steps, ...(confirmed ? [confirmed] : [])].map(({ caseId }) => caseId)).size,
    )
    if (logs.some((size) => size > 2)) deep += 1
  }
  // Two absorbed cases and the surviving case have acted on one referral.
  expect(deep).toBeGreaterThan(0)
})

test('A circle of merges, which only a lying server shows, ends', () => {
  const circle = [
    { id: 'one', mergedInto: 'two' },
    { id: 'two', mergedInto: 'one' },
    { id: 'three', mergedInto: 'gone' },
  ]
  expect(
    endedFirst(circle)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['one', 'three', 'two'])
})
