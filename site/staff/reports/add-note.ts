import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type CaseChange } from '#protocol/staff'
import { sendSigned } from '../api/send-signed.ts'
import { saveCase } from '../api/staff-api.ts'
import { sealCaseFile, withNote } from '../keys/case-file.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'
import { type LoadedReport } from './load-report.ts'

/**
 * Adds a note to the case file as it was read.
 *
 * @throws Refusal `case_changed` when it was saved by somebody else since: the caller shows both, nothing is merged silently;
 *   `text_too_long` when the file is full
 */
export async function addNote(
  keys: UnlockedKeys,
  { item, first, caseFile, revision }: LoadedReport,
  author: string,
  text: string,
): Promise<void> {
  if (!first || !caseFile) throw new Refusal('cannot_open')
  const note = { id: toB64(randomBytes(9)), author, at: new Date().toISOString(), text }
  const sealed = await sealCaseFile(first.cek, item.id, withNote(caseFile, note))
  const change: CaseChange = { revision, sealed }
  await sendSigned(keys, { action: 'case.save', subject: item.id, change }, (signed) =>
    saveCase(item.id, signed),
  )
}
