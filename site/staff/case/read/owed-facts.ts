// Extracts the facts that determine the next steps from the opened entries of a referral.
import type { ReferralEntry, ReferralMarkEntry, Informed } from '#protocol/staff/case-log/referral'
import type { InformedState } from '#protocol/staff/case-log/referral-fields'
import type { ReferralStep, SignedReferral } from '#protocol/staff/case-log/referral-state'
import type { OwedFacts } from './owed-for.ts'
import { consentEnds, consentsIn } from './referral-rules.ts'

interface OpenedReferral {
  signed: SignedReferral
  entry: ReferralEntry | null
  marks: readonly { step: ReferralStep; entry: ReferralMarkEntry | null }[]
}

/** A row without its entry has only a day, so it is dated to the first minute of that day. */
const minuteIn = (day: string): string => `${day}T00:00Z`

export function owedFactsOf({ signed, entry, marks }: OpenedReferral): OwedFacts {
  const { basis } = entry ?? {}
  return {
    madeAt: entry?.at ?? minuteIn(signed.day),
    consentEnds: entry ? firstEnd(entry) : null,
    told: basis && basis.kind !== 'consent' ? informedState(basis.told) : null,
    marks: marks.map(({ step, entry: mark }) => ({
      at: mark?.at ?? minuteIn(step.day),
      to: step.to,
      told: mark?.told ? informedState(mark.told) : null,
    })),
  }
}

/** Returns when the first of the consents expires; null without a consent. */
export const firstEnd = (entry: ReferralEntry): string | null =>
  consentsIn(entry).map(consentEnds).sort()[0] ?? null

/** Returns the state without the words of the entry. */
export const informedState = (told: Informed): InformedState =>
  told.is === 'told' ? { is: 'told' } : { is: 'not_told', on: told.on }
