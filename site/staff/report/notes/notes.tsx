// Shows what staff write about the report. When a colleague saved meanwhile, both versions stay
// until the person decides. The list marks the colleague's version, and the field keeps the
// person's own.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { momentInDigits } from '../../i18n/dates.ts'
import { noteBytesLeft, type Note } from '../../crypto/case-file.ts'
import { savedDraftKey } from '../../crypto/drafts.ts'
import { Field, Form, lettersIn } from '../../ui/form.tsx'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { addNote, noteOf } from './add-note.ts'
import { type LoadedReport } from '../load-report.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { ActionResult } from '../../session/action-result.tsx'
import { useAction } from '../../session/use-action.ts'
import { useDraft } from '../../session/unsent-drafts.tsx'

interface NotesProps {
  loaded: LoadedReport
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** gets the id of the saved note */
  onSaved: (id: string) => void
}

const TOO_LATE: readonly ErrorCode[] = ['case_changed']

export function Notes({ loaded, fresh, reload, onSaved }: NotesProps) {
  const { t } = useMessages()
  const { me, keys } = useSessionContext()
  const action = useAction(reload, TOO_LATE)
  const [text, setText] = useDraft(savedDraftKey('note', loaded.item.id))
  const notes = loaded.caseFile?.notes ?? []

  const left = loaded.caseFile ? noteBytesLeft(loaded.caseFile, noteOf(me.name, text)) : 0

  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (left < 0) throw new Refusal('text_too_long')
    const note = noteOf(me.name, text)
    await addNote(keys, loaded, note)
    onSaved(note.id)
    setText('')
  }

  return (
    <section aria-labelledby="notes-title">
      <h3 id="notes-title">{t('staff.notes.title')}</h3>
      {!loaded.caseFile && <p class="refused">{t('staff.notes.cannot_open')}</p>}
      {loaded.caseFile && notes.length === 0 && <p>{t('staff.notes.none')}</p>}
      <ul class="notes">
        {notes.map((note) => (
          <NoteLine key={note.id} note={note} fresh={fresh.has(note.id)} />
        ))}
      </ul>
      {loaded.caseFile && (
        <Form onSubmit={() => action.run(save)}>
          <Field
            label={t('staff.notes.text')}
            hint={t('staff.notes.hint')}
            value={text}
            onInput={setText}
            rows={3}
            mistake={left < 0 ? t('staff.notes.too_long', { n: lettersIn(-left) }) : null}
          />
          <button type="submit" aria-disabled={action.busy}>
            {t(
              notes.some(({ id }) => fresh.has(id)) ? 'staff.notes.save_below' : 'staff.notes.save',
            )}
          </button>
          <ActionResult action={action} done={t('staff.notes.saved')} />
        </Form>
      )}
    </section>
  )
}

function NoteLine({ note, fresh }: { note: Note; fresh: boolean }) {
  const { t } = useMessages()
  return (
    <li class={fresh ? 'is-fresh' : undefined}>
      <p class="by">
        {fresh && <b>{t('staff.fresh')} </b>}
        <b>{note.author}</b> {momentInDigits(note.at)}
      </p>
      <UntrustedText text={note.text} />
    </li>
  )
}
