// What staff write about the report among themselves. When a colleague saved meanwhile, both versions stand here: theirs in the
// list, marked, and ours in the field, until the person decides.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report'
import { momentInDigits } from '../ages.ts'
import { type Note } from '../keys/case-file.ts'
import { draftKey } from '../keys/drafts.ts'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { PlainWords } from '../parts/plain-words.tsx'
import { addNote } from '../reports/add-note.ts'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'
import { useDesk } from './desk-context.ts'
import { Outcome } from './outcome.tsx'
import { useDeed } from './use-deed.ts'
import { useDraft } from './use-draft.ts'

interface NotesProps {
  loaded: LoadedReport
  reload: () => Promise<void>
}

export function Notes({ loaded, reload }: NotesProps) {
  const { t } = useWords()
  const { me, keys } = useDesk()
  const deed = useDeed(reload, 'case_changed')
  const [text, setText] = useDraft(draftKey('note', loaded.item.id))
  /** the notes we had read when a colleague was faster */
  const [read, setRead] = useState<ReadonlySet<string> | null>(null)
  const notes = loaded.caseFile?.notes ?? []

  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    try {
      await addNote(keys, loaded, me.name, text)
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'case_changed')
        setRead(new Set(notes.map((note) => note.id)))
      throw thrown
    }
    setText('')
    setRead(null)
  }

  return (
    <section aria-labelledby="notes-title">
      <h3 id="notes-title">{t('staff.notes.title')}</h3>
      {!loaded.caseFile && <p class="refused">{t('staff.notes.cannot_open')}</p>}
      {loaded.caseFile && notes.length === 0 && <p>{t('staff.notes.none')}</p>}
      <ul class="notes">
        {notes.map((note) => (
          <NoteLine key={note.id} note={note} fresh={read !== null && !read.has(note.id)} />
        ))}
      </ul>
      {loaded.caseFile && (
        <Form onSubmit={() => deed.run(save)}>
          <Field
            label={t('staff.notes.text')}
            hint={t('staff.notes.hint')}
            value={text}
            onInput={setText}
            rows={3}
          />
          <button type="submit" aria-disabled={deed.busy}>
            {t(read ? 'staff.notes.save_below' : 'staff.notes.save')}
          </button>
          <Outcome deed={deed} done={t('staff.notes.saved')} />
        </Form>
      )}
    </section>
  )
}

function NoteLine({ note, fresh }: { note: Note; fresh: boolean }) {
  const { t } = useWords()
  return (
    <li class={fresh ? 'is-fresh' : undefined}>
      <p class="by">
        {fresh && <b>{t('staff.notes.fresh')} </b>}
        <b>{note.author}</b> {momentInDigits(note.at)}
      </p>
      <PlainWords text={note.text} />
    </li>
  )
}
