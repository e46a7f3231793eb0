// Compares what the server shows of a case with what colleagues signed. A difference is marked
// beside its part and never hides words.
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { contentHashOf } from '#protocol/report/letter-content'
import { replayCaseLog } from '#protocol/staff/case-log'
import { answerName, type CaseLog } from '#protocol/staff/case-rules'
import { type OpenedReport } from '#protocol/staff/cases'
import { type LedgerRow } from '#protocol/staff/ledger'
import { hasHead } from '#protocol/staff/roster'
import { type Roster } from '#protocol/staff/roster-state'
import { checkAgainstCheckpoint } from '../ledger/against-checkpoint.ts'

/**
 * The newest head of each case log that this tab has seen whole. A server cannot show an older log
 * afterwards. A head is a hash; it names nobody and opens nothing.
 */
const seen = new Map<string, Bytes>()

/** Returns true when the rows lack the head that this tab remembers. */
async function isOlderLog(caseId: string, rows: readonly LedgerRow[]): Promise<boolean> {
  const head = seen.get(caseId)
  return head !== undefined && !(await hasHead(rows, head))
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

export interface CaseChecks {
  /** number of the first broken row of the log; null for a whole log */
  brokenAt: number | null
  /**
   * The server's log lacks rows that this tab has seen or that the last checkpoint names. Or the
   * server shows another checkpoint than the signed one.
   */
  isOlder: boolean
  /** the status is another than the one that was signed last */
  statusDiffers: boolean
  /** ids of letters, base64url */
  letters: ReadonlySet<string>
  /** indexes of replies */
  answers: ReadonlySet<number>
  /** numbers of entries */
  entries: ReadonlySet<number>
  /** letters, replies and entries that were signed, and that the server does not show */
  missing: number
}

export async function checkCase(
  opened: OpenedReport,
  roster: Pick<Roster, 'readers' | 'caseworkers' | 'teams' | 'checkpoint'>,
): Promise<CaseChecks> {
  const { id } = opened.item
  const log = await replayCaseLog(opened.log, { caseId: id, roster })
  const isOlder =
    (await isOlderLog(id, opened.log)) || (await isCutBehindCheckpoint(opened, roster))
  if (log.isWhole && !isOlder) seen.set(id, log.head)
  return {
    brokenAt: log.at,
    isOlder,
    statusDiffers: statusDiffers(opened, log),
    letters: await lettersThatDiffer(opened, log),
    answers: await thatDiffer(
      opened.answers,
      'slot',
      (slot) => log.answers.get(answerName(id, slot))?.sealedHash,
    ),
    entries: await thatDiffer(opened.entries, 'n', (n) => log.entries.get(n)?.entryHash),
    missing: countMissing(opened, log),
  }
}

/**
 * A follow-up sets the status to new without a signature, because the edge signs nothing. An
 * absorbed case that was open or new opens the case that goes on.
 */
const statusDiffers = ({ item }: OpenedReport, log: CaseLog): boolean =>
  item.status !== log.status &&
  !(item.status === 'new' && item.followUps > log.followUps) &&
  !(log.isJoined && item.status !== 'closed')

const lettersIn = ({ item, envelope, followUps }: OpenedReport) => [
  { id: item.id, envelope },
  ...followUps,
]

async function lettersThatDiffer(opened: OpenedReport, log: CaseLog): Promise<Set<string>> {
  const takenHere = new Map(opened.taken.map((letter) => [letter.id, letter.caseId]))
  const differ = new Set<string>()
  for (const { id, envelope } of lettersIn(opened)) {
    const signed = log.letters.get(id)
    const caseId = takenHere.get(id)
    // The log of another case names the letters that this case does not hold.
    const isElsewhere = caseId !== undefined && caseId !== opened.item.id
    const isUntaken = caseId === undefined && signed === undefined
    if (isUntaken || (isElsewhere && signed === undefined)) continue
    if (caseId === undefined || isElsewhere || signed !== (await contentHash(envelope)))
      differ.add(id)
  }
  return differ
}

/** Returns an empty text for bytes that are no letter. */
async function contentHash(envelope: string): Promise<string> {
  try {
    return toB64(await contentHashOf(fromB64(envelope)))
  } catch {
    return ''
  }
}

async function thatDiffer<Place extends string>(
  rows: readonly (Record<Place, number> & { sealed: string })[],
  place: Place,
  signedHash: (at: number) => string | undefined,
): Promise<Set<number>> {
  const differ = new Set<number>()
  for (const row of rows)
    if (signedHash(row[place]) !== toB64(await sha256(fromB64(row.sealed)))) differ.add(row[place])
  return differ
}

/** Replies are deleted with the number of the person. */
function countMissing(opened: OpenedReport, log: CaseLog): number {
  const letters = new Set(lettersIn(opened).map(({ id }) => id))
  const answers = new Set(opened.answers.map(({ slot }) => answerName(opened.item.id, slot)))
  const entries = new Set(opened.entries.map(({ n }) => n))
  const lost = <Key>(signed: ReadonlyMap<Key, unknown>, shown: ReadonlySet<Key>): number =>
    [...signed.keys()].filter((key) => !shown.has(key)).length
  return (
    lost(log.letters, letters) +
    (opened.answerable ? lost(log.answers, answers) : 0) +
    lost(log.entries, entries)
  )
}
