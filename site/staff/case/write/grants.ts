// Makes copies of case keys for the caseworker who has a case.
import { Refusal } from '#protocol/errors'
import { MAX_GRANTS, type CaseGrant } from '#protocol/staff/case-log/bodies'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { isCaseworker, isReader } from '#protocol/staff/ledger/roster-checks'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { grantCaseKey } from '../../crypto/case-key.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { hashesIn } from '../read/key-hashes.ts'
import { requireLog } from '../read/require-log.ts'

/** Readers hold the team key, so only caseworkers need copies. */
export const needsGrants = (member: Member): boolean => isCaseworker(member) && !isReader(member)

/** Returns the caseworker who holds a case's keys; null when a reader or nobody has the case. */
export function granteeOf(
  { assignee }: Pick<CaseLog, 'assignee'>,
  { people }: Pick<Roster, 'people'>,
): Member | null {
  const member = assignee?.isGranted ? people.get(assignee.id) : undefined
  return member && needsGrants(member) ? member : null
}

/**
 * For each report, seals every key of the report's own case to a caseworker. The complete log of
 * each case proves its keys. Omits the keys of other cases, which a report includes if those cases
 * contain letters from its thread.
 *
 * @throws Refusal the codes of requireLog. `cannot_open` when a key does not open or no row records
 * it. `case_full` for more keys than the edge accepts in one request.
 */
export async function grantAll(
  by: CaseWriter,
  reports: readonly StoredCase[],
  { hpkePublic }: Pick<Member, 'hpkePublic'>,
): Promise<CaseGrant[]> {
  const all = reports.map((stored) => ({
    stored,
    own: stored.caseKeys.filter(({ caseId }) => caseId === stored.item.id),
  }))
  if (all.flatMap(({ own }) => own).length > MAX_GRANTS) throw new Refusal('case_full')
  const grants = all.map(async ({ stored, own }) => {
    const caseId = stored.item.id
    const hashes = hashesIn(caseId, await requireLog(by, stored))
    return Promise.all(own.map((key) => grantCaseKey(by.keys, key, stored, hashes, hpkePublic)))
  })
  return (await Promise.all(grants)).flat()
}
