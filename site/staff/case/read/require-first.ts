// Checks the first letter of a thread against the log, because replies go to the number in that
// letter. A server that has an old case key could forge a letter that contains a return number it
// controls.
import { Refusal } from '#protocol/errors'
import { fetchReport } from '../../api/case-api.ts'
import { replayLog, type LogRoster } from '../../ledger/replay-log.ts'
import type { LoadedThread } from './open-thread.ts'

/**
 * While a letter is not in a case yet, its id is the hash of its bytes. The case log records the
 * hash of each letter that was taken in.
 *
 * @throws Refusal `letter_differs` for a letter that no colleague took into the case in the form
 *   shown. `ledger_behind` when that colleague may have signed under a newer ledger
 */
export async function requireFirst(
  { roster }: { roster: LogRoster },
  { id, first, sealed }: Pick<LoadedThread, 'id' | 'first' | 'sealed'>,
): Promise<void> {
  const holder = sealed.taken.find((letter) => letter.id === id)
  if (!holder) return
  const { caseId } = holder
  const { log } = caseId === sealed.item.id ? sealed : await fetchReport(caseId)
  const { letters, fault } = await replayLog(caseId, log, roster)
  if (letters.get(id) === first?.contentHash) return
  throw new Refusal(fault === 'behind' ? 'ledger_behind' : 'letter_differs')
}
