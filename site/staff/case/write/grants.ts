// Makes copies of case keys for the caseworker who has a case.
import { Refusal } from '#protocol/errors'
import { MAX_GRANTS, type CaseGrant } from '#protocol/staff/case-bodies'
import type { CaseLog } from '#protocol/staff/case-log-state'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { isCaseworker, isReader } from '#protocol/staff/roster-checks'
import { type Member, type Roster } from '#protocol/staff/roster-state'
import { grantCaseKey } from '../../crypto/case-key.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { hashesIn } from '../read/key-hashes.ts'
import { requireLog } from '../read/require-log.ts'

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
 * Seals every key of the reports' own cases to a caseworker. The whole log of each case proves its
 * keys. The keys of other cases, which a report brings for a shared number, stay out.
 *
 * @throws Refusal as requireLog does. `cannot_open` when a key does not open, or when
 *   no row names the key. `case_full` for more than the edge takes at once.
 */
export async function grantAll(
  by: CaseWriter,
  reports: readonly OpenedReport[],
  { hpkePublic }: Pick<Member, 'hpkePublic'>,
): Promise<CaseGrant[]> {
  const all = reports.map((opened) => ({
    opened,
    own: opened.caseKeys.filter(({ caseId }) => caseId === opened.item.id),
  }))
  if (all.flatMap(({ own }) => own).length > MAX_GRANTS) throw new Refusal('case_full')
  const grants = all.map(async ({ opened, own }) => {
    const caseId = opened.item.id
    const hashes = hashesIn(caseId, await requireLog(by, opened))
    return Promise.all(
      own.map((stored) => grantCaseKey(by.keys, stored, opened, hashes, hpkePublic)),
    )
  })
  return (await Promise.all(grants)).flat()
}
