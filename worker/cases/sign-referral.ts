// Stores the second signature on a referral, and each change of its state. Every such row contains
// the hash of the row that created the referral. A new row must follow the last row of the log. If
// a colleague's row is added after the edge has read the state, the refusal is `chain_moved`.
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { NewEntry } from '#protocol/staff/case-log/bodies'
import type { ReferralConfirm } from '#protocol/staff/case-log/changes'
import {
  faultOfConfirm,
  faultOfMark,
  referralName,
  type ReferralFault,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import { toB64, type Bytes } from '#protocol/bytes'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { parseB64 } from '#worker/parse'
import { findState } from '#worker/store/cases/growth'
import { readReferrals } from './read-referrals.ts'
import { storeReferralRow } from './store-referral-row.ts'

const CODES: Record<ReferralFault, ErrorCode> = {
  hand: 'not_allowed',
  first: 'not_allowed',
  late: 'not_allowed',
  order: 'record_changed',
}

/**
 * Throws the codes of makeReferral. `not_found` when the logs contain no such referral with this
 * hash. `not_allowed` when the author of the referral signs again. `record_changed` when a second
 * colleague has already signed it, or when it needs no second signature.
 */
export async function confirmReferral(deps: StaffDeps, id: string, said: NewEntry): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), said.signed, {
    action: 'referral.confirm',
    subject: id,
  })
  const sealed = parseB64(said.sealed)
  await requireHash(sealed, change.entryHash)
  const made = await requireReferral(deps, [caseId, id], change)
  await requireNone(deps, caseId, faultOfConfirm(made, toB64(deps.actor.id)))
  await storeReferralRow(deps, caseId, { change, sealed, entry })
}

/**
 * Throws the codes of makeReferral. `not_found` when the logs contain no such referral with this
 * hash. `record_changed` when its state is not `from`, or when `to` is not a possible next state.
 * `not_allowed` when the referral is sent too late, or before the second signature that it needs.
 */
export async function markReferral(deps: StaffDeps, id: string, said: NewEntry): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry, at } = await readSignedChange(signerOf(deps), said.signed, {
    action: 'referral.mark',
    subject: id,
  })
  const sealed = parseB64(said.sealed)
  await requireHash(sealed, change.entryHash)
  const made = await requireReferral(deps, [caseId, id], change)
  await requireNone(deps, caseId, faultOfMark(made, change, at))
  await storeReferralRow(deps, caseId, { change, sealed, entry })
}

async function requireReferral(
  deps: StaffDeps,
  [caseId, id]: readonly [Bytes, string],
  { of }: Pick<ReferralConfirm, 'of'>,
): Promise<SignedReferral> {
  const made = (await readReferrals(deps, caseId)).get(referralName(of.caseId ?? id, of.row))
  if (made?.hash !== of.hash) throw new Refusal('not_found')
  return made
}

/**
 * A merged case receives no more rows, so `case_merged` takes precedence over the code for any
 * other fault.
 */
async function requireNone(
  deps: StaffDeps,
  caseId: Bytes,
  fault: ReferralFault | null,
): Promise<void> {
  if (fault === null) return
  const state = await findState(deps.db, caseId)
  throw new Refusal(state?.mergedInto ? 'case_merged' : CODES[fault])
}
