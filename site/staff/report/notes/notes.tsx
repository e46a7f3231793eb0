// Shows what staff write about the report. A note is an entry of the case and never changes. Two
// colleagues who write at once both keep their notes.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { momentInDigits } from '../../i18n/dates.ts'
import { type CaseChecks } from '../../case/check-case.ts'
import { entryBytesLeft } from '../../crypto/case-entry.ts'
import { savedDraftKey } from '../../crypto/drafts.ts'
import { useSeenLedger, useWholeLedger } from '../../ledger/ledger-context.ts'
import { Field, Form, lettersIn } from '../../ui/form.tsx'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { addNote, noteOf } from './add-note.ts'
import { type LoadedEntry } from './read-entries.ts'
import { type LoadedReport } from '../load-report.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { ActionResult } from '../../session/action-result.tsx'
import { useAction } from '../../session/use-action.ts'
import { useDraft } from '../../session/unsent-drafts.tsx'

interface NotesProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** gets the key of the saved note */
  onSaved: (key: string) => void
}

export function Notes({ loaded, checks, fresh, reload, onSaved }: NotesProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const whole = useWholeLedger()
  const action = useAction(reload, [])
  const [text, setText] = useDraft(savedDraftKey('note', loaded.item.id))
  const { entries } = loaded
  const left = entryBytesLeft(noteOf(text))

  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (!whole) throw new Refusal('ledger_broken')
    onSaved(await addNote({ keys, roster: whole.roster }, loaded, noteOf(text)))
    setText('')
  }

  return (
    <section aria-labelledby="notes-title">
      <h3 id="notes-title">{t('staff.notes.title')}</h3>
      {entries.length === 0 && <p>{t('staff.notes.none')}</p>}
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
          {t('staff.notes.save')}
        </button>
        <ActionResult action={action} done={t('staff.notes.saved')} />
      </Form>
    </section>
  )
}

interface EntryLineProps {
  entry: LoadedEntry
  fresh: boolean
  differs: boolean
}

function EntryLine({ entry: { author, entry }, fresh, differs }: EntryLineProps) {
  const { t } = useMessages()
  const { names } = useSeenLedger()
  return (
    <li class={fresh ? 'is-fresh' : undefined}>
      <p class="by">
        {fresh && <b>{t('staff.fresh')} </b>}
        <b>{names.get(author) ?? t('staff.ledger.nobody')}</b> {entry && momentInDigits(entry.at)}
      </p>
      {differs && <p class="doubt">{t('staff.thread.differs')}</p>}
      {entry ? <UntrustedText text={entry.text} /> : <p>{t('staff.notes.cannot_open')}</p>}
    </li>
  )
}
