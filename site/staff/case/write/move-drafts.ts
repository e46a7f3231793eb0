// Moves unsent words of a merged case into the case that goes on. Colleagues no longer write in the
// merged case, so its fields never show these words again.
import { savedDraftKey, type DraftOf, type Drafts } from '../../crypto/drafts.ts'
import { readRecordDraft } from './record-draft.ts'

/** The forms that hold words without named fields. */
const TEXTS: readonly DraftOf[] = ['note', 'link', 'handover', 'give']
/** The forms that mean the same in each case. */
const FORMS: readonly DraftOf[] = ['task', 'person', 'danger', 'wish', 'help']
/** The fields that hold a choice and no words. */
const CHOICES = new Set([
  ...['role', 'risk', 'isDanger', 'assignee'],
  ...['of', 'wish', 'how', 'when', 'by'],
  ...['help', 'day', 'outcome', 'why', 'person', 'giver'],
])
/** The records of the two cases differ, so words about a record become a note. */
const RECORD = /^record \d+$/

/**
 * Moves the words that can continue in the same form, and appends all others to the new note.
 * Drafts of replies and of ends of tasks keep their keys, as their threads and tasks do.
 *
 * @param from  id of the merged case
 * @param into  id of the case that goes on
 */
export function moveDrafts(drafts: Drafts, from: string, into: string): void {
  const append = (of: DraftOf, words: string): void => {
    const key = savedDraftKey(of, into)
    drafts.set(key, [drafts.get(key) ?? '', words].filter(Boolean).join('\n\n'))
  }
  for (const [key, draft] of [...drafts]) {
    if (!key.endsWith(` ${from}`)) continue
    const of = key.slice(0, -from.length - 1)
    const text = TEXTS.find((each) => each === of)
    const form = FORMS.find((each) => each === of)
    if (!text && !form && !RECORD.test(of)) continue
    drafts.delete(key)
    if (text) append(text, draft)
    else if (form && !drafts.has(savedDraftKey(form, into)))
      drafts.set(savedDraftKey(form, into), draft)
    else append('note', wordsOf(draft))
  }
}

const wordsOf = (draft: string): string =>
  Object.entries(readRecordDraft(draft)?.fields ?? {})
    .filter(([name, value]) => !CHOICES.has(name) && value.trim() !== '')
    .map(([, value]) => value)
    .join('\n')
