// Takes opened letters into their case. The key of their epoch does not open the letters any
// more. A letter that does not open is not taken.
import { MAX_TAKEN, type LettersTake } from '#protocol/staff/case-changes'
import { sendSigned } from '../api/send-signed.ts'
import { postLetters } from '../api/case-api.ts'
import { sealCek, type OpenCaseKey } from '../crypto/case-key.ts'
import { type LoadedReport } from '../report/load-report.ts'
import { type UntakenLetter } from '../report/open-thread.ts'
import { withCaseKey, type CaseWriter } from './case-key-in-use.ts'

/**
 * Takes all opened letters of a case that no case has yet, those of absorbed cases included.
 *
 * @throws Refusal as withCaseKey does; the letters that were taken before stay taken
 */
export async function takeLetters(
  by: CaseWriter,
  { sealed, untaken }: LoadedReport,
): Promise<void> {
  if (untaken.length === 0) return
  let done = 0
  await withCaseKey(by, sealed, async (key) => {
    while (done < untaken.length) {
      await sendLetters(by, key, untaken.slice(done, done + MAX_TAKEN))
      done += MAX_TAKEN
    }
  })
}

async function sendLetters(
  { keys }: CaseWriter,
  key: OpenCaseKey,
  letters: readonly UntakenLetter[],
): Promise<void> {
  const change: LettersTake = {
    keyNo: key.keyNo,
    letters: letters.map(({ id, contentHash }) => ({ id, contentHash })),
  }
  const sealed = await Promise.all(letters.map(({ id, cek }) => sealCek(key, id, cek)))
  await sendSigned(keys, { action: 'letters.take', subject: key.caseId, change }, (signed) =>
    postLetters(key.caseId, { signed, sealed }),
  )
}
