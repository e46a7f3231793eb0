// Opens a case as the screen does, and finds the server's words that have no mark beside them.
import { checkCase, type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { forReader } from '#site/staff/case/read/require-log.ts'
import { answerName } from '#protocol/staff/case-log/state'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { type LoadedThread } from '#site/staff/case/read/open-thread.ts'

/** Everything that the server writes begins with this text. */
export const FORGED = 'FORGED'
/** The office never closes a case for this reason. */
export const FORGED_REASON = 'not_our_task'

export interface SeenCase {
  loaded: LoadedReport
  /** every word that the screen shows */
  shown: string
  /** parts that the server wrote but that the screen shows as if a person had written them */
  forged: string[]
}

export async function viewCase(by: CaseWriter, id: string): Promise<SeenCase> {
  const loaded = await loadReport(by, id)
  const absorbed = loaded.others.map(({ sealed }) => sealed)
  const roster = forReader(by.roster, by.keys.personId)
  const checks = await checkCase(loaded.sealed, roster, absorbed)
  const parts = [loaded, ...loaded.others].flatMap((thread, at) => partsOf(thread, checks, at > 0))
  const isMarked = checks.fault !== null || checks.known !== 'fine'
  const words = parts.filter((part) => part.text.includes(FORGED) && !part.isMarked)
  const isClosed = loaded.item.closeReason === FORGED_REASON && !checks.statusDiffers
  const forged = [...words.map(({ text }) => text), ...(isClosed ? ['a status'] : [])]
  return {
    loaded,
    shown: parts.map(({ text }) => text).join('\n'),
    forged: isMarked ? [] : forged,
  }
}

interface Part {
  text: string
  isMarked: boolean
}

/** Lists what a thread shows. @param isOther  true for the thread of an absorbed case */
function partsOf(thread: LoadedThread, checks: CaseChecks, isOther: boolean): Part[] {
  const { id, first, followUps, entries, records, answers } = thread
  const entriesMarked = isOther ? checks.absorbedEntries.get(id) : checks.entries
  const recordsMarked = isOther ? checks.absorbedRecords.get(id) : checks.records
  const part = (shown: unknown, isMarked: boolean): Part => ({
    text: JSON.stringify(shown ?? ''),
    isMarked,
  })
  return [
    part(first?.report, checks.letters.has(id)),
    ...followUps.map((each) => part(each.report, !each.isProven || checks.letters.has(each.id))),
    ...entries.map(({ n, entry }) => part(entry, entriesMarked?.has(n) ?? false)),
    ...records.map(({ record, kept }) => part(kept, recordsMarked?.has(record) ?? false)),
    ...answers.map(({ index, text }) => part(text, checks.answers.has(answerName(id, index)))),
  ]
}
