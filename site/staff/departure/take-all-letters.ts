// Takes each stored letter of the given epochs into its case. A letter that does not open is left
// unchanged, because anybody can send bytes that are not a letter.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { fetchUntaken } from '../api/keys-api.ts'
import { loadReport } from '../case/read/load-report.ts'
import { takeLetters } from '../case/write/take-letters.ts'
import { newestTeam } from '../crypto/team-key.ts'
import { type CaseWriter } from '../session/case-writer.ts'
import { noteVain } from './count-awaited.ts'
import { type BulkAct } from './rewrap-cases.ts'
import { runSideBySide } from './run-side-by-side.ts'

/**
 * The refusals that concern a single report and do not stop the others. A later run tries these
 * reports again.
 */
const OF_ONE_REPORT: readonly ErrorCode[] = ['not_found', 'case_key_changed']
/** The refusals that a later run in this tab would receive again. */
const IN_VAIN: readonly ErrorCode[] = ['ledger_broken', 'cannot_open']

/**
 * Number of reports whose letters are taken at the same time. Each report needs five sequential
 * requests, and has a separate log.
 */
const AT_ONCE = 8

/**
 * @param epochs  numbers of the epochs whose keys are to end, at most 50
 * @throws Refusal `cannot_open` when run without the newest team key
 */
export const takeAllLetters = (by: CaseWriter, epochs: readonly number[]): BulkAct => ({
  name: 'take',

  remaining: async () => (await fetchUntaken(epochs, null)).remaining ?? 0,

  run: async (onProgress) => {
    if (!newestTeam(by.roster, by.keys)) throw new Refusal('cannot_open')
    let done = 0
    const refused: string[] = []
    let after: string | null = null
    do {
      const page = await fetchUntaken(epochs, after)
      await runSideBySide(AT_ONCE, page.reports, async (id) => {
        if (!(await takeReport(by, id))) refused.push(id)
        onProgress((done += 1))
      })
      after = page.next
    } while (after !== null)
    // Two reports in one thread share its letters, so the work on one may have stopped the other.
    for (const id of refused) await takeReport(by, id)
  },
})

/** @returns false after a refusal that concerns only this report */
async function takeReport(by: CaseWriter, id: string): Promise<boolean> {
  try {
    const loaded = await loadReport(by, id)
    if (loaded.untaken.length === 0) noteVain(id)
    else await takeLetters(by, loaded)
    return true
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    if (IN_VAIN.includes(cause.code)) noteVain(id)
    else if (!OF_ONE_REPORT.includes(cause.code)) throw cause
    return IN_VAIN.includes(cause.code)
  }
}
