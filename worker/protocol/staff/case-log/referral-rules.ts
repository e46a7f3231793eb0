// Decides what a row about a referral may change in its log. The second signature must come from
// somebody else and cover the hash of the first row. The states must follow one another in an
// allowed order.
import { toB64 } from '../../bytes.ts'
import type { ReferralConfirm, ReferralMark } from './changes.ts'
import { nameEntry } from './name-entry.ts'
import {
  faultOfConfirm,
  faultOfMark,
  madeReferral,
  withMark,
  withSecond,
  type ReferralRow,
  type ReferralSigner,
  type SignedReferral,
} from './referral-state.ts'
import type { CaseLog, CaseRule } from './state.ts'
import type { Statement } from '../statement.ts'
import type { ChangeOf } from '../actions.ts'
import { requireRule } from '../ledger/roster-checks.ts'

const signerOf = (log: CaseLog, { subject, actor, at }: Statement): ReferralSigner => ({
  ...{ caseId: subject, n: log.rows + 1, actor, day: at },
})

/**
 * Returns the referral of this log to which a row refers. Returns null for a referral of an
 * absorbed case, whose log this replay does not see.
 */
function namedIn(
  log: CaseLog,
  { subject }: Statement,
  { of }: Pick<ReferralConfirm, 'of'>,
): SignedReferral | null {
  if (of.caseId !== undefined && of.caseId !== subject) {
    requireRule(log.absorbed.has(of.caseId))
    return null
  }
  const made = log.referrals.get(of.row)
  requireRule(made?.hash === of.hash)
  return made
}

type Elsewhere = Extract<ReferralRow, { change: { of: unknown } }>

/** Lists the earlier rows of this log about the same referral. */
const earlier = (
  { referralRows }: CaseLog,
  { of }: Pick<ReferralConfirm | ReferralMark, 'of'>,
): Elsewhere[] =>
  referralRows.filter(
    (row): row is Elsewhere =>
      row.action !== 'referral.make' &&
      row.change.of.row === of.row &&
      row.change.of.caseId === of.caseId,
  )

type ReferralAction = ReferralRow['action']

export const referralRules: { readonly [Of in ReferralAction]: CaseRule<ChangeOf<Of>> } = {
  'referral.make': (log, said, change) => {
    nameEntry(log, said, change)
    const by = signerOf(log, said)
    log.referrals.set(by.n, madeReferral(by, change))
    log.referralRows.push({ ...by, hash: null, action: 'referral.make', change })
  },

  'referral.confirm': (log, said, change) => {
    nameEntry(log, said, change)
    const by = signerOf(log, said)
    const made = namedIn(log, said, change)
    if (made) {
      requireRule(faultOfConfirm(made, said.actor) === null)
      log.referrals.set(made.n, withSecond(made, by))
    } else requireRule(earlier(log, change).every(({ action }) => action === 'referral.mark'))
    log.referralRows.push({ ...by, hash: null, action: 'referral.confirm', change })
  },

  'referral.mark': (log, said, change) => {
    nameEntry(log, said, change)
    const by = signerOf(log, said)
    const made = namedIn(log, said, change)
    if (made) {
      requireRule(faultOfMark(made, change, said.at) === null)
      log.referrals.set(made.n, withMark(made, by, change))
    } else {
      const last = earlier(log, change).findLast(({ action }) => action === 'referral.mark')
      requireRule(last?.action !== 'referral.mark' || last.change.to === change.from)
    }
    log.referralRows.push({ ...by, hash: null, action: 'referral.mark', change })
  },
}

/** Records the last row's hash if that row made a referral; a second signature covers this hash. */
export function noteReferralHash(log: CaseLog): void {
  const made = log.referrals.get(log.rows)
  const row = log.referralRows.at(-1)
  if (!made || row?.n !== log.rows) return
  const hash = toB64(log.head)
  log.referrals.set(log.rows, { ...made, hash })
  log.referralRows[log.referralRows.length - 1] = { ...row, hash }
}
