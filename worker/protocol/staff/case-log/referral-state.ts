// Decides what a referral may do next, from its signed rows alone. The edge applies these rules
// before storing a row, and every browser applies them again when replaying a log. The search index
// uses them for the register of referrals.
import type { ReferralConfirm, ReferralMake, ReferralMark } from './changes.ts'
import type { ReferralNeed, ReferralState } from './referral-fields.ts'

/** Number of days within which a referral can be sent, counted from the row that made it. */
const SEND_DAYS = 30

const NEXT: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  made: ['sent', 'revoked'],
  // When a referral that was already sent is marked as sent again, a new day is set for the answer.
  sent: ['sent', 'accepted', 'rejected', 'revoked'],
  accepted: ['done', 'revoked'],
  rejected: ['done', 'revoked'],
  done: ['revoked'],
  revoked: ['told'],
  // Marked as told again when the receiver later answers that it has deleted everything.
  told: ['told'],
}

/** The author and the day of a row. */
export interface ReferralSigner {
  /** id of the case whose log contains the row */
  caseId: string
  /** number of the row */
  n: number
  actor: string
  /** UTC day */
  day: string
}

export interface ReferralStep extends ReferralSigner {
  to: ReferralState
}

/** A referral as described by the rows of the case logs. */
export interface SignedReferral extends ReferralSigner {
  /** hash of the row, base64url; null where only the texts of the rows are available */
  hash: string | null
  fileHash: string
  second: ReferralNeed
  state: ReferralState
  /** true if the referral has left the organisation, even if it was revoked later */
  wasSent: boolean
  /** day in the organisation's time zone; null if no day was agreed */
  expectedDay: string | null
  /** the second signature; null if there is none */
  confirmed: ReferralSigner | null
  /** the marks, oldest first */
  steps: readonly ReferralStep[]
}

export const madeReferral = (
  by: ReferralSigner,
  { fileHash, second }: ReferralMake,
): SignedReferral => ({
  ...by,
  ...{ hash: null, fileHash, second, state: 'made', wasSent: false, expectedDay: null },
  ...{ confirmed: null, steps: [] },
})

/**
 * - `hand`: the author of the referral cannot also give the second signature
 * - `order`: the state of the referral does not allow this step
 * - `first`: the second signature must come before the referral leaves
 * - `late`: the referral is too old to be sent
 */
export type ReferralFault = 'hand' | 'order' | 'first' | 'late'

/** Returns the reason why the second signature cannot be given, or null if there is none. */
export function faultOfConfirm(made: SignedReferral, actor: string): ReferralFault | null {
  if (actor === made.actor) return 'hand'
  const isOver = made.state === 'revoked' && !made.wasSent
  return made.second === 'none' || made.confirmed !== null || isOver ? 'order' : null
}

/**
 * Returns the reason why a state cannot be set, or null if there is none.
 *
 * @param today  UTC day of the row
 */
export function faultOfMark(
  made: SignedReferral,
  { from, to, expectedDay }: Pick<ReferralMark, 'from' | 'to' | 'expectedDay'>,
  today: string,
): ReferralFault | null {
  if (from !== made.state || !NEXT[from].includes(to)) return 'order'
  // No receiver has to be told about a page that never left.
  if (to === 'told' && !made.wasSent) return 'order'
  if ((to === 'sent') !== (expectedDay !== undefined)) return 'order'
  if (from !== 'made' || to !== 'sent') return null
  if (made.second === 'before' && made.confirmed === null) return 'first'
  return today > lastSendDay(made.day) ? 'late' : null
}

/** Returns the states that can follow the current state. */
export const nextStates = ({ state, wasSent }: Pick<SignedReferral, 'state' | 'wasSent'>) =>
  NEXT[state].filter((to) => to !== 'told' || wasSent)

/** Returns the last UTC day on which a referral may be sent. @param day  UTC day of its row */
export const lastSendDay = (day: string): string => {
  const last = new Date(day)
  last.setUTCDate(last.getUTCDate() + SEND_DAYS)
  return last.toISOString().slice(0, 10)
}

export const withSecond = (made: SignedReferral, confirmed: ReferralSigner): SignedReferral => ({
  ...made,
  confirmed,
})

export const withMark = (
  made: SignedReferral,
  by: ReferralSigner,
  { to, expectedDay }: Pick<ReferralMark, 'to' | 'expectedDay'>,
): SignedReferral => ({
  ...made,
  state: to,
  wasSent: made.wasSent || to === 'sent',
  expectedDay: expectedDay === undefined ? made.expectedDay : expectedDay,
  steps: [...made.steps, { ...by, to }],
})

/** Returns the key under which a map stores a referral. @param n  number of the row that made it */
export const referralName = (caseId: string, n: number): string => `${caseId} ${n}`

/** A row about a referral, in the form that the fold expects. */
export type ReferralRow = ReferralSigner & { hash: string | null } & (
    | { action: 'referral.make'; change: ReferralMake }
    | { action: 'referral.confirm'; change: ReferralConfirm }
    | { action: 'referral.mark'; change: ReferralMark }
  )

/**
 * Applies the rows of a case and of the cases that it absorbed. A row that a rule forbids changes
 * nothing. The replay of its log refuses such a row, unless only another log shows the fault.
 *
 * @param rows  the rows of absorbed cases first; see endedFirst
 */
export function foldReferrals(rows: readonly ReferralRow[]): Map<string, SignedReferral> {
  const made = new Map<string, SignedReferral>()
  for (const row of rows) {
    const { caseId, n, actor, day } = row
    const by = { caseId, n, actor, day }
    if (row.action === 'referral.make') {
      made.set(referralName(caseId, n), { ...madeReferral(by, row.change), hash: row.hash })
      continue
    }
    const name = referralName(row.change.of.caseId ?? caseId, row.change.of.row)
    const found = made.get(name)
    if (!found || (found.hash !== null && found.hash !== row.change.of.hash)) continue
    if (row.action === 'referral.confirm') {
      if (faultOfConfirm(found, actor) === null) made.set(name, withSecond(found, by))
    } else if (faultOfMark(found, row.change, day) === null)
      made.set(name, withMark(found, by, row.change))
  }
  return made
}
