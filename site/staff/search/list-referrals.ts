// Lists the register: all referrals of the cases that this device has read, the overdue ones first.
// Listing them needs no request.
import type { ReferralState } from '#protocol/staff/case-log/referral-fields'
import { owedFor, type Owed } from '../case/read/owed-for.ts'
import type { IndexedReferral } from './kept-referrals.ts'

export interface RegisterLine extends IndexedReferral {
  caseId: string
  title: string
  owed: readonly Owed[]
}

interface ReferredCase {
  id: string
  title: string
  referrals: readonly IndexedReferral[]
}

export interface RegisterChoice {
  /** all states when absent */
  state?: ReferralState
  /** id of a listed receiver, or the name of an unlisted one; all receivers when absent */
  receiver?: string
}

/**
 * Returns a key for the receiver of a line, so that referrals to the same receiver are found
 * together.
 */
export const receiverKey = ({ receiver }: Pick<IndexedReferral, 'receiver'>): string =>
  receiver.listed?.id ?? receiver.name

const isLate = ({ owed }: RegisterLine): boolean => owed.some((each) => each.isLate)
/**
 * The day from which a line is overdue; the latest possible day for a line without a pending step.
 */
const LAST = '9999'
const dueOf = ({ owed, signed }: RegisterLine): string => {
  const late = owed.filter((each) => each.isLate).map(({ since }) => since)
  const days = late.length > 0 ? late : [signed.expectedDay ?? LAST]
  return days.sort()[0] ?? LAST
}

/**
 * Returns the sort key of a line. Computing the key for each comparison of two lines would be slow.
 */
const orderOf = (line: RegisterLine): string =>
  `${isLate(line) ? 0 : 1} ${dueOf(line)} ${line.facts.madeAt}`

/**
 * Lists the lines that match a choice: overdue first, then by the day of the expected answer, then
 * by age.
 *
 * @param holderOf  returns the id of the colleague who has a case, or null
 * @param now  milliseconds since 1970
 */
export function listReferrals(
  cases: Iterable<ReferredCase>,
  { state, receiver }: RegisterChoice,
  holderOf: (caseId: string) => string | null,
  now: number,
): RegisterLine[] {
  const lines = [...cases].flatMap(({ id, title, referrals }) =>
    referrals.map((each) => ({
      ...each,
      ...{ caseId: id, title },
      owed: owedFor(each.signed, each.facts, { holder: holderOf(id), now }),
    })),
  )
  return lines
    .filter((line) => state === undefined || line.signed.state === state)
    .filter((line) => receiver === undefined || receiverKey(line) === receiver)
    .map((line) => ({ line, order: orderOf(line) }))
    .sort((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order)))
    .map(({ line }) => line)
}
