// Holds a colleague's unsaved changes to a record, with the revision on which they are based.
import * as z from 'zod/mini'
import { savedDraftKey, type DraftOf } from '../../crypto/drafts.ts'
import { readDraft, useDraftOf } from '../../session/use-draft-of.ts'
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

export const readRecordDraft = (text: string): RecordDraft | null => readDraft(RecordDraft, text)

export const useRecordDraft = (of: DraftOf, caseId: string) =>
  useDraftOf(RecordDraft, savedDraftKey(of, caseId))

/**
 * Returns a colleague's revision that the author of the draft had not seen, or null. The form shows
 * that revision beside the draft.
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
