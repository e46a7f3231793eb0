// Determines the next step of a referral: a second signature, sending, an answer, or informing
// somebody. The register can show this without any words from the case, so the index does not store
// such words.
import type { SignedReferral } from '#protocol/staff/case-log/referral-state'
import type { InformedState, ReferralState } from '#protocol/staff/case-log/referral-fields'
import { localDayOf } from '#content/clock.ts'

/**
 * Number of hours within which a second colleague must sign a referral made because a life is in
 * danger.
 */
const SECOND_HOURS = 24
const HOUR_MS = 3_600_000

/**
 * - `second`: the signature of a second colleague
 * - `consent`: the consent has expired, so somebody has to ask for it again
 * - `send`: everything is ready, and the referral has not been sent
 * - `answer`: the receiver has not answered by the expected day
 * - `tell_person`: the person has not been told that the referral was sent, or what the receiver
 * answered
 * - `tell_receiver`: the referral was revoked after it was sent, and the receiver has not been told
 */
export type OwedWhat = 'second' | 'consent' | 'send' | 'answer' | 'tell_person' | 'tell_receiver'

export interface Owed {
  what: OwedWhat
  /** UTC minute; for an agreed day, a day in the organisation's time zone */
  since: string
  /** true if the line is shown in red */
  isLate: boolean
  /** id of the colleague who must act; null for any colleague except the author */
  by: string | null
}

/** The facts about a referral that its signed state does not contain. */
export interface OwedFacts {
  /** UTC minute */
  madeAt: string
  /** the minute at which the oldest consent expires; null without a consent */
  consentEnds: string | null
  /** null for a person who consented, and who therefore does not have to be told */
  told: InformedState | null
  /** oldest first */
  marks: readonly { at: string; to: ReferralState; told: InformedState | null }[]
}

export interface OwedView {
  /** id of the colleague who has the case; null if nobody has it */
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

/** A referral that was sent without a second signature still needs one after it is revoked. */
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

/**
 * The person must be told that the referral was sent without consent, and later what the receiver
 * answered.
 */
function tellingFor({ told: first, marks }: OwedFacts, by: string, today: string): Owed[] {
  const told = [first, ...marks.map((mark) => mark.told)]
  const lastTold = told.findLastIndex((each) => each !== null)
  const answer = marks.findLastIndex(({ to }) => to === 'accepted' || to === 'rejected')
  if (answer !== -1 && lastTold < answer + 1)
    return [{ what: 'tell_person', since: marks[answer]?.at ?? '', isLate: false, by }]
  // A person who has not been told must be told on the day that a colleague set.
  const last = told[lastTold]
  return last?.is === 'not_told' && last.on !== null && today >= last.on
    ? [{ what: 'tell_person', since: last.on, isLate: today > last.on, by }]
    : []
}
