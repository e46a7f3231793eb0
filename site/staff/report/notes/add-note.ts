import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type CaseChange } from '#protocol/staff/cases'
import { sendSigned } from '../../api/send-signed.ts'
import { putCaseFile } from '../../api/staff-api.ts'
import { sealCaseFile, withNote, type Note } from '../../crypto/case-file.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { type LoadedReport } from '../load-report.ts'

/** Makes a note of this moment. */
export const noteOf = (author: string, text: string): Note => ({
  id: toB64(randomBytes(9)),
  author,
  at: new Date().toISOString(),
  text,
})

/**
 * Adds a note to the case file as it was read.
 *
 * @throws Refusal `case_changed` when a colleague saved meanwhile, so that the caller can show both
 *   versions and merges nothing silently. `text_too_long` when the file is full.
 */
export async function addNote(
  keys: UnlockedKeys,
  { item, first, caseFile, revision }: LoadedReport,
  note: Note,
): Promise<void> {
  if (!first || !caseFile) throw new Refusal('cannot_open')
  const sealed = await sealCaseFile(first.cek, item.id, withNote(caseFile, note))
  const change: CaseChange = { revision, sealed }
  await sendSigned(keys, { action: 'case.save', subject: item.id, change }, (signed) =>
    putCaseFile(item.id, signed),
  )
}
