// Holds a colleague's unsaved changes to a record, with the revision on which they are based. The
// draft survives a refusal, a visit to another case, and locking.
import * as z from 'zod/mini'
import { savedDraftKey, type DraftOf } from '../../crypto/drafts.ts'
import { useDraft } from '../../session/unsent-drafts.tsx'
import { type LoadedRecord } from '../read/read-records.ts'

/** The texts of a form, by field name. */
const RecordFields = z.record(z.string(), z.string())
export type RecordFields = z.infer<typeof RecordFields>

const RecordDraft = z.object({
  /** the revision on which the fields are based; 0 for a new record */
  base: z.int(),
  fields: RecordFields,
})
export type RecordDraft = z.infer<typeof RecordDraft>

/** Returns null for a string that is not a draft of a record. */
export function readRecordDraft(text: string): RecordDraft | null {
  try {
    return RecordDraft.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export function useRecordDraft(
  of: DraftOf,
  caseId: string,
): [RecordDraft | null, (draft: RecordDraft | null) => void] {
  const [text, write] = useDraft(savedDraftKey(of, caseId))
  return [readRecordDraft(text), (draft) => write(draft ? JSON.stringify(draft) : '')]
}

/**
 * Returns a colleague's revision that the author of the draft had not seen, or null. The form shows
 * it beside the draft.
 */
export const laterThan = (draft: RecordDraft, stored: LoadedRecord | null): LoadedRecord | null =>
  stored !== null && stored.revision > draft.base ? stored : null

/** Splits a text at commas and line breaks, and removes duplicates. */
export const listIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
]
