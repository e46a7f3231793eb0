// Makes copies of case keys for the caseworker who has a case.
import { Refusal } from '#protocol/errors'
import { MAX_GRANTS, type CaseGrant } from '#protocol/staff/case-bodies'
import type { CaseLog } from '#protocol/staff/case-log-state'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { isCaseworker, isReader } from '#protocol/staff/roster-checks'
import { type Member, type Roster } from '#protocol/staff/roster-state'
import { grantCaseKey } from '../../crypto/case-key.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'

/** Readers hold the team key, so that only somebody else needs copies. */
export const needsGrants = (member: Member): boolean => isCaseworker(member) && !isReader(member)

/** Returns the caseworker who holds the keys of a case; null for a reader or nobody. */
export function granteeOf(
  { assignee }: Pick<CaseLog, 'assignee'>,
  { people }: Pick<Roster, 'people'>,
): Member | null {
  const member = assignee?.isGranted ? people.get(assignee.id) : undefined
  return member && needsGrants(member) ? member : null
}

/**
 * Seals every key of the reports' own cases to a caseworker. The keys of other cases, which a
 * report brings for a shared number, stay out.
 *
 * @throws Refusal `cannot_open` when a key does not open; `case_full` for more than the edge
 *   takes at once
 */
export async function grantAll(
  keys: Pick<UnlockedKeys, 'team'>,
  reports: readonly OpenedReport[],
  { hpkePublic }: Pick<Member, 'hpkePublic'>,
): Promise<CaseGrant[]> {
  const all = reports.flatMap(({ item, caseKeys }) =>
    caseKeys.filter(({ caseId }) => caseId === item.id),
  )
  if (all.length > MAX_GRANTS) throw new Refusal('case_full')
  return Promise.all(all.map((stored) => grantCaseKey(keys, stored, hpkePublic)))
}
