// Declares the person who writes in a case.
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/** The person who writes, and the roster under which they write; see SessionValues. */
export interface CaseWriter {
  keys: UnlockedKeys
  roster: Roster
}
