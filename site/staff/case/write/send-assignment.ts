// Gives a case to a colleague, or takes it back. A caseworker receives a copy of each key of the
// case. First, a new key is made if needed, so that the caseworker can write. A caseworker who
// loses the case still has its keys, so a new key is made immediately. The reason for acting
// against a wish is an entry, stored together with the row that it explains.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { type CaseAssign } from '#protocol/staff/case-log/changes'
import { isCaseworker, isReader } from '#protocol/staff/ledger/roster-checks'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { minuteOf } from '#protocol/time'
import { fetchReport } from '../../api/case-api.ts'
import { sendAction } from '../../api/send-action.ts'
import { retryOn } from '../../api/retry-on.ts'
import { membersWho } from '../../ledger/read-roster.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { fetchAbsorbed, loadReport, type LoadedReport } from '../read/load-report.ts'
import { requireLog } from '../read/require-log.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { grantAll, needsGrants } from './grants.ts'
import { sendCaseSigned } from './send-case-signed.ts'
import { takeLetters } from './take-letters.ts'
import { writeIn } from './write-in.ts'

/** Lists the people who can have a case: confirmed readers and caseworkers. */
export const assignable = (roster: Pick<Roster, 'people'>): Member[] =>
  membersWho(roster, 'confirmed').filter((member) => isReader(member) || isCaseworker(member))

const canHaveCase = (roster: Pick<Roster, 'people'>, id: string | null): boolean =>
  assignable(roster).some((each) => each.id === id)

/**
 * @param to      id of a colleague; null takes the case back
 * @param reason  the reason for assigning the case against a wish; null when none is required
 * @throws Refusal `assignee_changed` when a colleague acted first. `person_unknown` for a person
 *   who cannot have a case. `report_grew` when a letter has arrived that the colleague has not
 *   read. The letter may contain a different wish. `text_empty` for an empty reason. Otherwise the
 *   codes of withCaseKey.
 */
export const sendAssignment = (
  by: CaseWriter,
  loaded: LoadedReport,
  to: string | null,
  reason: string | null = null,
): Promise<void> => retryOn(['log_older'], () => assignOnce(by, loaded, to, reason))

/**
 * @throws Refusal the codes of sendAssignment; `log_older` even if this browser itself has just
 *   stored the missing row
 */
async function assignOnce(
  by: CaseWriter,
  loaded: LoadedReport,
  to: string | null,
  reason: string | null,
): Promise<void> {
  if (reason !== null && !hasWords(reason)) throw new Refusal('text_empty')
  const { roster } = by
  const { id } = loaded.item
  const member = to === null ? null : assignable(roster).find((each) => each.id === to)
  if (member === undefined) throw new Refusal('person_unknown')
  const isGranted = member !== null && needsGrants(member)
  // A caseworker can open only letters that are in the case.
  if (isGranted) await takeLettersLeft(by, id)
  if (isGranted) await makeKeyInUse(by, id)
  const opened = await fetchReport(id)
  const { assignee, absorbed } = await requireLog(by, opened)
  const now = assignee?.id ?? null
  // The holder of the case is no longer the colleague whom the screen shows. The step that makes
  // the new key may already have taken the case back from a colleague who left.
  if (now !== loaded.item.assignee && (now !== null || canHaveCase(roster, loaded.item.assignee)))
    throw new Refusal('assignee_changed')
  const grants = isGranted
    ? await grantAll(by, [opened, ...(await fetchAbsorbed(absorbed.keys()))], member)
    : []
  const change: CaseAssign = {
    from: assignee?.id ?? null,
    to,
    isGranted,
    followUps: loaded.followUpsRead,
    absorbed: loaded.item.absorbed,
  }
  if (to === null || reason === null)
    await sendCaseSigned(by, { action: 'case.assign', subject: id, change }, (signed) =>
      sendAction('case.assign', { signed, grants }, id),
    )
  else {
    const entry = { v: 1, kind: 'give', at: minuteOf(Date.now()), text: reason, to } as const
    await writeIn(by, opened).give(entry, change, grants)
  }
  if (assignee?.isGranted) await makeKeyInUse(by, id)
}

/**
 * Takes the letters that are not in a case yet. Loads the case again, because the screen may lack
 * rows that this device has just stored. Retries when the screen or a colleague takes letters at
 * the same time.
 */
const takeLettersLeft = (by: CaseWriter, id: string): Promise<number> =>
  retryOn(['case_key_changed'], async () => takeLetters(by, await loadReport(by, id)))

/** Makes the next key of a case, unless the newest key may still seal new parts. */
const makeKeyInUse = async (by: CaseWriter, id: string): Promise<void> =>
  withCaseKey(by, await fetchReport(id), () => Promise.resolve())
