// Moves unsent words from a merged case into the surviving case. Colleagues no longer write in the
// merged case, so its fields never show these words again.
import { savedDraftKey, type DraftOf, type Drafts } from '../../crypto/drafts.ts'
import * as z from 'zod/mini'
import { readRecordDraft } from './record-draft.ts'

/** The forms that contain words but no named fields. */
const TEXTS: readonly DraftOf[] = ['note', 'link', 'handover', 'give']
/** The forms that have the same meaning in both cases. */
const FORMS: readonly DraftOf[] = ['task', 'person', 'danger', 'wish', 'help', 'referral']
/** The choices in a handover, which belong to the handover's words. */
const OF_HANDOVER: readonly DraftOf[] = ['handover_to', 'handover_give']
/** The fields that contain a choice and no words. */
const CHOICES = new Set([
  ...['role', 'risk', 'isDanger', 'assignee', 'classes'],
  ...['of', 'wish', 'how', 'when', 'by'],
  ...['help', 'day', 'outcome', 'why', 'person', 'giver'],
])
/** The records of the two cases differ, so words about a record become a note. */
const RECORD = /^(?:record|classes) \d+$/

/**
 * Moves the words that can continue in the same form, and appends all other words to the new note.
 * The choices in a handover are dropped if a handover was begun in the surviving case. Drafts of
 * replies and of task endings keep their keys, because the threads and tasks keep theirs.
 *
 * @param from  id of the merged case
 * @param into  id of the surviving case
 */
export function moveDrafts(drafts: Drafts, from: string, into: string): void {
  const append = (of: DraftOf, words: string): void => {
    if (words === '') return
    const key = savedDraftKey(of, into)
    drafts.set(key, [drafts.get(key) ?? '', words].filter(Boolean).join('\n\n'))
  }
  const isHandedOver = drafts.has(savedDraftKey('handover', into))
  for (const [key, draft] of [...drafts]) {
    if (!key.endsWith(` ${from}`)) continue
    const of = key.slice(0, -from.length - 1)
    const text = TEXTS.find((each) => each === of)
    const form = FORMS.find((each) => each === of)
    const choice = OF_HANDOVER.find((each) => each === of)
    if (!text && !form && !choice && !RECORD.test(of)) continue
    drafts.delete(key)
    if (choice) {
      if (!isHandedOver) drafts.set(savedDraftKey(choice, into), draft)
    } else if (text) append(text, draft)
    else if (form && !drafts.has(savedDraftKey(form, into)))
      drafts.set(savedDraftKey(form, into), draft)
    else append('note', wordsOf(draft))
  }
}

/**
 * The part of a referral draft that can be moved. Consents and choices are valid only for the
 * original letter.
 */
const Referral = z.object({
  about: z.object({ name: z.string(), answers: z.string() }),
  facts: z.object({ values: z.record(z.string(), z.string()) }),
})

/** The draft of a classification, with its answers in words. */
const Classes = z.object({ said: z.array(z.string()) })

function textsOf(draft: string): string[] {
  const record = readRecordDraft(draft)
  if (record)
    return Object.entries(record.fields).flatMap(([name, text]) => (CHOICES.has(name) ? [] : text))
  const json: unknown = JSON.parse(draft)
  const classes = Classes.safeParse(json).data
  if (classes) return classes.said
  const referral = Referral.safeParse(json).data
  return referral ? [...Object.values(referral.about), ...Object.values(referral.facts.values)] : []
}

const wordsOf = (draft: string): string =>
  textsOf(draft)
    .filter((text) => text.trim() !== '')
    .join('\n')
