// Takes the stored letters of some epochs into their cases. A letter that does not
// open stays as it is, because anybody can send bytes that are no letter.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { fetchUntaken } from '../api/case-api.ts'
import { type CaseWriter } from '../case/case-key-in-use.ts'
import { takeLetters } from '../case/take-letters.ts'
import { loadReport } from '../report/load-report.ts'
import { type BulkAct } from './rewrap-cases.ts'
import { runSideBySide } from './run-side-by-side.ts'

/** The refusals that concern one report and do not stop the others. */
const OF_ONE_REPORT: readonly ErrorCode[] = ['not_found', 'case_key_changed', 'ledger_broken']

/**
 * Reports that are taken in at the same time. A report needs five requests, one after another, and
 * has a log of its own.
 */
const AT_ONCE = 8

/** @param epochs  numbers of the epochs whose keys are to end, at most 50 */
export const takeInAll = (by: CaseWriter, epochs: readonly number[]): BulkAct => ({
  name: 'take_in',

  remaining: async () => (await fetchUntaken(epochs, null)).remaining ?? 0,

  run: async (onProgress) => {
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
    // Two reports of one thread share its letters, and may have hindered each other.
    for (const id of refused) await takeReport(by, id)
  },
})

/** @returns false after a refusal that concerns this report alone */
async function takeReport(by: CaseWriter, id: string): Promise<boolean> {
  try {
    await takeLetters(by, await loadReport(by.keys, id))
    return true
  } catch (cause) {
    const isOfOne = cause instanceof Refusal && OF_ONE_REPORT.includes(cause.code)
    if (!isOfOne) throw cause
    return false
  }
}
