// Takes opened letters into their case. After that, the key of their epoch no longer opens them. A
// letter that does not open is not taken.
import { MAX_TAKEN, type LettersTake } from '#protocol/staff/case-log/changes'
import { sendAction } from '../../api/send-action.ts'
import { sealCek } from '../../crypto/case-letter.ts'
import { type OpenCaseKey } from '../../crypto/open-case-key.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { type UntakenLetter } from '../read/open-thread.ts'
import { requireLog } from '../read/require-log.ts'
import { withCaseKey } from './case-key-in-use.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/**
 * Takes all opened letters that are not in a case yet, including letters of absorbed cases.
 *
 * @returns the number of rows that this device added to the log
 * @throws Refusal the codes of withCaseKey; letters that were already taken remain taken
 */
export async function takeLetters(by: CaseWriter, loaded: LoadedReport): Promise<number> {
  const { sealed } = loaded
  const untaken = await ownLetters(by, loaded)
  if (untaken.length === 0) return 0
  let done = 0
  let rows = 0
  const own = sealed.caseKeys.filter(({ caseId }) => caseId === sealed.item.id)
  const known = Math.max(0, ...own.map(({ keyNo }) => keyNo))
  await withCaseKey(by, sealed, async (key) => {
    if (key.keyNo > known) rows += 1
    while (done < untaken.length) {
      await sendTaken(by, key, untaken.slice(done, done + MAX_TAKEN))
      done += MAX_TAKEN
      rows += 1
    }
  })
  return rows
}

/**
 * Omits the letters of a case that, according to the signed log, this case has not absorbed. A
 * server could list such a case so that this case's caseworker opens the other case's letters.
 */
async function ownLetters(
  by: CaseWriter,
  { sealed, untaken, others }: LoadedReport,
): Promise<UntakenLetter[]> {
  if (untaken.length === 0 || others.length === 0) return untaken
  const { absorbed } = await requireLog(by, sealed)
  const strange = new Set(
    others.filter(({ id }) => !absorbed.has(id)).flatMap((thread) => thread.untaken),
  )
  return untaken.filter((letter) => !strange.has(letter))
}

async function sendTaken(
  by: CaseWriter,
  key: OpenCaseKey,
  letters: readonly UntakenLetter[],
): Promise<void> {
  const change: LettersTake = {
    keyNo: key.keyNo,
    letters: letters.map(({ id, contentHash }) => ({ id, contentHash })),
  }
  const sealed = await Promise.all(letters.map(({ id, cek }) => sealCek(key, id, cek)))
  await sendCaseSigned(by, { action: 'letters.take', subject: key.caseId, change }, (signed) =>
    sendAction('letters.take', { signed, sealed }, key.caseId),
  )
}
