// Holds the answers in a classification form as one draft.
import * as z from 'zod/mini'
import { Classification } from '../../../crypto/classification.ts'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { readDraft, useDraftOf } from '../../../session/use-draft-of.ts'
import { Answers, CLASS_FIELDS, type ClassField } from './class-fields.ts'

const Draft = z.object({
  /** the revision that `began` comes from */
  at: z.int(),
  began: Classification,
  answers: Answers,
  /** text in the country fields that does not name a country yet */
  typed: z.object({ citizenship: z.string(), recruitedIn: z.string(), exploitedIn: z.string() }),
  /** the changed answers as text, which becomes a note when the case is merged */
  said: z.array(z.string()),
  /** true when a colleague has stored different answers since the form was opened */
  isLater: z.boolean(),
  /** the fields in which the author and the colleague have chosen different new answers */
  both: z.array(z.enum(CLASS_FIELDS)),
})
export type ClassDraft = z.infer<typeof Draft>

export const newClassDraft = (at: number, began: Classification): ClassDraft => ({
  ...{ at, began, answers: began, said: [], isLater: false, both: [] },
  typed: { citizenship: '', recruitedIn: '', exploitedIn: '' },
})

export const readClassDraft = (text: string): ClassDraft | null => readDraft(Draft, text)

export const useClassDraft = (record: number, caseId: string) =>
  useDraftOf(Draft, savedDraftKey(`classes ${record}`, caseId))

const isSame = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two)

/** Lists the fields in which two classifications differ. */
export const changedFields = (one: Answers, two: Answers): ClassField[] =>
  CLASS_FIELDS.filter((field) => !isSame(one[field], two[field]))

/** Returns true once an answer in the form differs from the initial one. */
export const isTouched = ({ began, answers, typed }: ClassDraft): boolean =>
  changedFields(began, answers).length > 0 || Object.values(typed).some((each) => each !== '')

/**
 * Merges in the answers that a colleague has stored since the draft began. The author's changes
 * stay; every other field takes the colleague's answer.
 */
export function rebased(draft: ClassDraft, at: number, theirs: Classification): ClassDraft {
  if (at <= draft.at) return draft
  const mine = changedFields(draft.began, draft.answers)
  const changed = changedFields(draft.began, theirs)
  const differs = changedFields(draft.answers, theirs)
  const both = mine.filter((field) => changed.includes(field) && differs.includes(field))
  return {
    ...draft,
    ...{ at, began: theirs, isLater: draft.isLater || changed.length > 0 },
    both: [...new Set([...draft.both, ...both])],
    // Guarantee: every field has an answer, taken either from the draft or from a classification.
    answers: Object.fromEntries(
      CLASS_FIELDS.map((field) => [field, (mine.includes(field) ? draft.answers : theirs)[field]]),
    ) as Answers,
  }
}
