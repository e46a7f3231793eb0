// Declares a case log: the facts that a replay of its rows produces. Also declares the type of the
// rules that apply those rows.
import type { Bytes } from '../../bytes.ts'
import type { LetterEnter } from './changes.ts'
import { NO_ROW, type LedgerHead } from '../chain.ts'
import type { ReferralRow, SignedReferral } from './referral-state.ts'
import { type Statement } from '../statement.ts'
import type { CloseReason, Status } from '../fields.ts'
import type { Roster } from '../ledger/roster-state.ts'

/** The author of a sealed part, and the day of the signature. */
interface Signed {
  actor: string
  at: string
}

/**
 * The reason why a log must not be used for sealing.
 * - `broken`: a row breaks a rule, or is not signed by a person who was allowed to sign it
 * - `fork`: the signer of a row has a ledger that differs from this browser's ledger
 * - `behind`: the signer of a row had ledger rows that this browser lacks
 * - `newer`: a newer version of this code made a row; the accompanying log still covers all valid
 * rows
 */
export type LogFault = 'broken' | 'fork' | 'behind' | 'newer'

export interface CaseLog {
  /**
   * null when every row is valid; otherwise the fields below cover only the rows before the fault,
   * but see LogFault
   */
  fault: LogFault | null
  /** number of the first row with the fault; null when the fault concerns the entire log */
  at: number | null
  /** the ledger of that row's signer, when this ledger differs from the replayed ledger */
  otherHead: LedgerHead | null
  rows: number
  /** hash of the last row */
  head: Bytes
  /** UTC day of the newest row; empty if there are no rows */
  day: string
  /** number of the ledger row against which the newest row is judged; 0 if there are no rows */
  ledgerRow: number
  status: Status
  closeReason: CloseReason | null
  /**
   * number of follow-ups that the author of the last status change had read; later follow-ups set
   * the status to new
   */
  followUps: number
  /** as last signed by staff; null while only the letters state whether there is danger */
  danger: boolean | null
  /**
   * number of follow-ups that the author of the last danger change had read; a later follow-up may
   * report danger again
   */
  dangerFollowUps: number
  /** UTC day of the row that last set or confirmed the danger; null if there is no such row */
  dangerDay: string | null
  /**
   * number of follow-ups that the author of the last act had read (see acts.ts). Null if there was
   * no act, or none since a merge.
   */
  acted: number | null
  /**
   * the colleague who has the case. `isGranted` is true for a caseworker, who has copies of the
   * case's keys. `ledgerRow` is the newest ledger row at the time of the assignment.
   */
  assignee: { id: string; isGranted: boolean; ledgerRow: number } | null
  /**
   * id of the colleague who gave the assignee the case; null once the assignee has taken it (see
   * acts.ts)
   */
  givenBy: string | null
  /**
   * the author of a letter that was entered for somebody else; null for a letter that a reporter
   * sent
   */
  entered: (Signed & LetterEnter) | null
  /**
   * true from the absorption of another case, which may have been open, until the next status
   * change
   */
  isJoined: boolean
  /**
   * content hashes of the taken letters, base64url, keyed by the id of the letter
   */
  letters: Map<string, string>
  /**
   * keyed by the number of the case key: the generation under which it was made, and its hash; see
   * caseKeyHash
   */
  keys: Map<number, { generation: number; keyHash: string }>
  /** true after a caseworker lost the case, until there is a new key that they do not have */
  isKeyStale: boolean
  /** keyed by the row number; `actor` is the author */
  entries: Map<number, Signed & { entryHash: string; keyNo: number }>
  /** the newest revision, keyed by the number of the record */
  records: Map<number, Signed & { recordHash: string; keyNo: number; revision: number }>
  /** the newest reply, keyed by answerName */
  answers: Map<string, Signed & { sealedHash: string }>
  /**
   * the referrals of this log, keyed by the row that made them. A row about the referral of an
   * absorbed case changes nothing here: see `referralRows`.
   */
  referrals: Map<number, SignedReferral>
  /**
   * all rows about referrals, oldest first; foldReferrals combines them with the rows from other
   * logs
   */
  referralRows: ReferralRow[]
  /** the case into which this one has been merged; null for a case that has not been merged */
  mergedInto: string | null
  /**
   * keyed by the id of each absorbed case: the `head` of the row that absorbed it; see CaseAbsorb
   */
  absorbed: Map<string, string>
}

/**
 * Returns the name of a reply: the report whose thread contains it, and its index in that thread.
 */
export const answerName = (report: string, index: number): string => `${report} ${index}`

/** The part of the roster that a replay needs. */
export type CaseRoster = Pick<Roster, 'readers' | 'caseworkers' | 'teams' | 'hashes' | 'restart'>

/** Applies a change to the log. @throws when a rule is broken */
export type CaseRule<Change> = (
  log: CaseLog,
  said: Statement,
  change: Change,
  roster: CaseRoster,
) => void

export const emptyLog = (): CaseLog => ({
  ...{ fault: null, at: null, otherHead: null, rows: 0, head: NO_ROW, day: '', ledgerRow: 0 },
  status: 'new',
  closeReason: null,
  followUps: 0,
  ...{ danger: null, dangerFollowUps: 0, dangerDay: null },
  ...{ acted: null, assignee: null, givenBy: null },
  entered: null,
  isJoined: false,
  ...{ letters: new Map(), keys: new Map(), isKeyStale: false },
  ...{ entries: new Map(), records: new Map(), answers: new Map() },
  ...{ referrals: new Map(), referralRows: [] },
  ...{ mergedInto: null, absorbed: new Map() },
})
