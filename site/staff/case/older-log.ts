// Notices a server that shows a case log without some of its rows. This tab has seen those rows, or
// the last checkpoint names them.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type OpenedReport } from '#protocol/staff/opened-report'
import { hasHead } from '#protocol/staff/ledger'
import { type Roster } from '#protocol/staff/roster-state'
import { checkAgainstCheckpoint } from '../ledger/against-checkpoint.ts'

/**
 * The newest head of each case log that this tab has seen whole. A server cannot show an older log
 * afterwards. A head is a hash; it names nobody and opens nothing.
 */
const seen = new Map<string, Bytes>()

/** Remembers the last row of a log that is whole. */
export const rememberCaseHead = (caseId: string, head: Bytes): void => void seen.set(caseId, head)

/** Returns true when the log lacks rows that this tab or the last checkpoint knows. */
export const isOlderLog = async (
  opened: OpenedReport,
  roster: Pick<Roster, 'checkpoint'>,
): Promise<boolean> =>
  (await lacksSeenHead(opened)) || (await isCutBehindCheckpoint(opened, roster))

/** Returns true when the rows lack the head that this tab remembers. */
async function lacksSeenHead({ item, log }: OpenedReport): Promise<boolean> {
  const head = seen.get(item.id)
  return head !== undefined && !(await hasHead(log, head))
}

/**
 * Returns true when the log does not reach the last checkpoint. A checkpoint that does not arrive
 * says nothing here, because a network fails too. The daily comparison names a withheld one.
 */
async function isCutBehindCheckpoint(
  { item, log }: OpenedReport,
  roster: Pick<Roster, 'checkpoint'>,
): Promise<boolean> {
  try {
    return (await checkAgainstCheckpoint(roster, item.id, log)) === 'older'
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return cause.code === 'malformed'
  }
}
