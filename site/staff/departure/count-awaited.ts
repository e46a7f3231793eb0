// Counts the letters from older epochs for which a departure is still waiting. Some of them can be
// taken now, and others are waiting in R2.
import { Refusal } from '#protocol/errors'
import { fetchUntaken } from '../api/keys-api.ts'
import { type CaseReader } from '../case/read/key-hashes.ts'
import { loadReport } from '../case/read/load-report.ts'

export interface AwaitedLetters {
  /** reports with letters that no colleague has taken */
  untaken: number
  /** letters in R2; WAITING_SHOWN means "that many or more" */
  waiting: number
}

export const NONE_AWAITED: AwaitedLetters = { untaken: 0, waiting: 0 }

/**
 * Ids of reports whose letters could not be taken in this tab. Such a report is not counted again,
 * because anybody can send bytes that are not a letter.
 */
const vain = new Set<string>()
let waitingBefore = 0

export const noteVain = (id: string): void => void vain.add(id)

/**
 * Maximum number of reports that are opened for one count. Further reports are counted without
 * being opened.
 */
const OPENED = 50

/**
 * @param epochs  numbers of the epochs, at most 50
 * @throws Refusal from the network or the edge
 */
export async function countAwaited(
  by: CaseReader,
  epochs: readonly number[],
): Promise<AwaitedLetters> {
  if (epochs.length === 0) return NONE_AWAITED
  let page = await fetchUntaken(epochs, null)
  const waiting = page.waiting ?? 0
  // A letter that has left R2 may belong to a report whose letters could not be taken before.
  if (waiting !== waitingBefore) vain.clear()
  waitingBefore = waiting
  const left = [...page.reports]
  while (page.next !== null) {
    page = await fetchUntaken(epochs, page.next)
    left.push(...page.reports)
  }
  const untried = left.filter((id) => !vain.has(id))
  for (const [at, id] of untried.entries()) {
    if (at === OPENED || (await hasUntaken(by, id)))
      return { untaken: untried.length - at, waiting }
    noteVain(id)
  }
  return { untaken: 0, waiting }
}

/** Returns true when a report has a letter that opens and is not in a case yet. */
async function hasUntaken(by: CaseReader, id: string): Promise<boolean> {
  try {
    return (await loadReport(by, id)).untaken.length > 0
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'not_found') return false
    throw cause
  }
}
