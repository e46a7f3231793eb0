// Decides what is owed about a referral: a second signature, a step, an answer, or news for
// somebody. The register needs no words for it, so that the index keeps none.
import type { SignedReferral } from '#protocol/staff/case-log/referral-state'
import type { InformedState, ReferralState } from '#protocol/staff/case-log/referral-fields'
import { localDayOf } from '#content/clock.ts'

/** Hours after a referral for a life in danger now within which a second colleague signs. */
const SECOND_HOURS = 24
const HOUR_MS = 3_600_000

/**
 * - `second`: the signature of a second colleague
 * - `consent`: the consent is too old, so it is asked for again
 * - `send`: it has everything, and has not left
 * - `answer`: the receiver has not answered by the expected day
 * - `tell_person`: the person has not heard that it left, or what the receiver answered
 * - `tell_receiver`: it left, and the receiver does not know that it was revoked
 */
export type OwedWhat = 'second' | 'consent' | 'send' | 'answer' | 'tell_person' | 'tell_receiver'

export interface Owed {
  what: OwedWhat
  /** UTC minute; a day at the organisation's place for an agreed day */
  since: string
  /** true for the red line */
  isLate: boolean
  /** id of the colleague who owes it; null for any colleague but the author */
  by: string | null
}

/** The facts of a referral beside its signed state. */
export interface OwedFacts {
  /** UTC minute */
  madeAt: string
  /** the minute after which the oldest consent is asked for again; null without a consent */
  consentEnds: string | null
  /** null for a person who consented, and so knows */
  told: InformedState | null
  /** oldest first */
  marks: readonly { at: string; to: ReferralState; told: InformedState | null }[]
}

export interface OwedView {
  /** id of the colleague who has the case; null without one */
  holder: string | null
  /** milliseconds since 1970 */
  now: number
}

export function owedFor(signed: SignedReferral, facts: OwedFacts, view: OwedView): Owed[] {
  const [by, today] = [view.holder ?? signed.actor, localDayOf(view.now)]
  const { state, expectedDay, wasSent } = signed
  const lastAt = facts.marks.at(-1)?.at ?? facts.madeAt
  return [
    ...secondFor(signed, facts.madeAt, view.now),
    ...leavingFor(signed, facts, by, view.now),
    ...(state === 'sent' && expectedDay !== null && today > expectedDay
      ? [{ what: 'answer' as const, since: expectedDay, isLate: true, by }]
      : []),
    ...tellingFor(facts, by, today),
    ...(state === 'revoked' && wasSent
      ? [{ what: 'tell_receiver' as const, since: lastAt, isLate: true, by }]
      : []),
  ]
}

/** A referral that left without a second signature needs one, even if it was revoked later. */
function secondFor(
  { second, confirmed, state, wasSent }: SignedReferral,
  since: string,
  now: number,
): Owed[] {
  const isOver = state === 'revoked' && !wasSent
  if (second === 'none' || confirmed !== null || isOver) return []
  const isLate = second === 'after' && now > Date.parse(since) + SECOND_HOURS * HOUR_MS
  return [{ what: 'second', since, isLate, by: null }]
}

function leavingFor(
  { state, second, confirmed }: SignedReferral,
  { consentEnds, madeAt }: OwedFacts,
  by: string,
  now: number,
): Owed[] {
  if (state !== 'made') return []
  if (consentEnds !== null && now > Date.parse(consentEnds))
    return [{ what: 'consent', since: consentEnds, isLate: true, by }]
  const waits = second === 'before' && confirmed === null
  return waits ? [] : [{ what: 'send', since: madeAt, isLate: false, by }]
}

/** The person hears that it left without consent, and later what the receiver answered. */
function tellingFor({ told: first, marks }: OwedFacts, by: string, today: string): Owed[] {
  const told = [first, ...marks.map((mark) => mark.told)]
  const lastTold = told.findLastIndex((each) => each !== null)
  const answer = marks.findLastIndex(({ to }) => to === 'accepted' || to === 'rejected')
  if (answer !== -1 && lastTold < answer + 1)
    return [{ what: 'tell_person', since: marks[answer]?.at ?? '', isLate: false, by }]
  // A person who was not told is told on the day that a colleague named.
  const last = told[lastTold]
  return last?.is === 'not_told' && last.on !== null && today >= last.on
    ? [{ what: 'tell_person', since: last.on, isLate: today > last.on, by }]
    : []
}
