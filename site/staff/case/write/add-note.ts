import { minuteOf } from '#protocol/time'
import { type Note } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { sendEntry } from './send-entry.ts'

/** Makes a note of this minute. */
export const noteOf = (text: string): Note => ({
  v: 1,
  kind: 'note',
  at: minuteOf(Date.now()),
  text,
})

/**
 * Adds a note to the case. A colleague who adds one at the same time keeps theirs.
 *
 * @returns the key of the note in the view
 * @throws Refusal `text_too_long` before anything is sent; else as withCaseKey does
 */
export const addNote = (
  by: CaseWriter,
  { sealed }: Pick<LoadedReport, 'sealed'>,
  note: Note,
): Promise<string> => sendEntry(by, sealed, note)
