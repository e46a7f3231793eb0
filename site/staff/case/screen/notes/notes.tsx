// Shows the notes that staff write to each other about the case. A note is an entry and never
// changes. If two colleagues write at the same time, both notes are kept.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { entryBytesLeft } from '../../../crypto/case-entry.ts'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type LoadedEntry } from '../../read/read-entries.ts'
import { noteOf } from '../../write/note-of.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { writeIn } from '../../write/write-in.ts'
import { useTyping } from '../writing/use-typing.ts'
import { WritingLine } from '../writing/writing-line.tsx'

/**
 * Returns true for an entry that is shown among the notes. Other parts of the screen show the other
 * kinds of entries.
 */
const isNote = ({ entry }: LoadedEntry): boolean =>
  entry === null || ['note', 'handover', 'give'].includes(entry.kind)

export function Notes({ loaded, checks, fresh, reload, onSaved, writers = [] }: CaseProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [text, setText] = useDraft(savedDraftKey('note', loaded.item.id))
  const [isBegun, setIsBegun] = useState(text !== '')
  const entries = loaded.entries.filter(isNote)
  const left = entryBytesLeft(noteOf(text))
  const noteTyping = useTyping(loaded.item.id)
  const write = (words: string): void => {
    if (words !== '') noteTyping()
    setText(words)
  }

  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    onSaved(await writeIn(writer(), loaded.sealed).entry(noteOf(text)))
    setText('')
  }

  return (
    <section aria-labelledby="notes-title">
      <h4 id="notes-title" tabIndex={-1}>
        {t('staff.notes.title')}
      </h4>
      {writers.length > 0 && <WritingLine writers={writers} />}
      <div
        class={isBegun ? 'note-form is-begun' : 'note-form'}
        onFocusCapture={() => setIsBegun(true)}
      >
        <Form busy={action.busy} onSubmit={() => action.run(save)}>
          <Field
            label={t('staff.notes.text')}
            hint={t('staff.notes.hint')}
            value={text}
            onInput={write}
            rows={2}
            shortcut="C"
            mistake={left < 0 ? t('staff.notes.too_long', { n: lettersIn(-left) }) : null}
          />
          <button type="submit" aria-disabled={action.busy}>
            {t('staff.notes.save')}
          </button>
          <ActionResult action={action} done={t('staff.notes.saved')} />
        </Form>
      </div>
      <ul class="notes">
        {entries.map((entry) => (
          <EntryLine
            key={entry.key}
            entry={entry}
            fresh={fresh.has(entry.key)}
            differs={checks?.entries.has(entry.n) === true}
          />
        ))}
      </ul>
    </section>
  )
}

interface EntryLineProps {
  entry: LoadedEntry
  fresh: boolean
  differs: boolean
}

/**
 * Shows an entry with its author. An entry about danger states whether the danger was set or
 * lifted.
 */
export function EntryLine({ entry: { author, entry }, fresh, differs }: EntryLineProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  return (
    <li class={fresh ? 'is-fresh' : undefined}>
      <p class="by">
        {fresh && <b>{t('staff.fresh')} </b>}
        <b>{nameOf(author)}</b> {entry && momentInDigits(entry.at)}
      </p>
      {entry?.kind === 'handover' && (
        <p>
          <b>
            {entry.to === null
              ? t('staff.shift.to_all')
              : t('staff.shift.to', { name: nameOf(entry.to) })}
          </b>
        </p>
      )}
      {entry?.kind === 'give' && (
        <p>
          <b>{t('staff.give.why', { name: nameOf(entry.to) })}</b>
        </p>
      )}
      {entry?.kind === 'danger' && (
        <p>
          <b>
            {t(entry.isDanger ? 'staff.danger.set_by' : 'staff.danger.lifted_by', {
              name: nameOf(author),
            })}
          </b>
        </p>
      )}
      {differs && <p class="doubt">{t('staff.thread.differs')}</p>}
      {entry ? <UntrustedText text={entry.text} /> : <p>{t('staff.notes.cannot_open')}</p>}
    </li>
  )
}
