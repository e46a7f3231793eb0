import { minuteOf } from '#protocol/time'
import { type Note } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { sendEntry } from './send-entry.ts'

/** Makes a note dated with this minute. */
export const noteOf = (text: string): Note => ({
  v: 1,
  kind: 'note',
  at: minuteOf(Date.now()),
  text,
})

/**
 * Adds a note to the case. Colleagues who add notes at the same time keep theirs.
 *
 * @returns the key of the note in the view
 * @throws Refusal `text_too_long` before anything is sent; otherwise the codes of withCaseKey
 */
export const addNote = (
  by: CaseWriter,
  { sealed }: Pick<LoadedReport, 'sealed'>,
  note: Note,
): Promise<string> => sendEntry(by, sealed, note)
