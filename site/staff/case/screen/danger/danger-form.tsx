// Sets or lifts the danger of a case with a reason. When a colleague was faster, the words become a
// note.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { type SessionAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { addNote, noteOf } from '../../write/add-note.ts'
import { type RecordDraft } from '../../write/record-draft.ts'
import { sendDanger } from '../../write/send-danger.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { type CaseProps } from '../case-props.ts'

/** The direction stays in the draft, so that the words never serve the opposite. */
export const dangerDraft = (text: string, isDanger: boolean): RecordDraft => ({
  base: 0,
  fields: { text, isDanger: String(isDanger) },
})

interface DangerFormProps extends CaseProps {
  action: SessionAction
  draft: RecordDraft
  setDraft: (draft: RecordDraft | null) => void
  /** gets true when the words were saved as a note */
  onNote: (isNote: boolean) => void
}

export function DangerForm({ loaded, onSaved, action, draft, setDraft, onNote }: DangerFormProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const text = ownValue(draft.fields, 'text') ?? ''
  const isDanger = ownValue(draft.fields, 'isDanger') === 'true'
  /** Somebody was faster, so that the words can only become a note. */
  const isMade = loaded.danger === isDanger
  const close = (): void => {
    setDraft(null)
    focusSoon('danger-title')
  }
  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    const entry = { v: 1, kind: 'danger', at: minuteOf(Date.now()), text, isDanger } as const
    onSaved(
      isMade
        ? await addNote(writer(), loaded, noteOf(text))
        : await sendDanger(writer(), loaded.sealed, entry),
    )
    onNote(isMade)
    close()
  }
  const verb = t(isDanger ? 'staff.danger.set' : 'staff.danger.lift')
  return (
    <Form onSubmit={() => action.run(save)}>
      {isMade && (
        <p class="note">{t(isDanger ? 'staff.danger.set.already' : 'staff.danger.lift.already')}</p>
      )}
      <Field
        label={t(isDanger ? 'staff.danger.set.why' : 'staff.danger.lift.why')}
        hint={t('staff.danger.hint')}
        value={text}
        onInput={(next) => setDraft(dangerDraft(next, isDanger))}
        rows={2}
      />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {isMade ? t('staff.notes.save') : verb}
        </button>
        <button type="button" onClick={close}>
          {t('staff.people.not_yet')}
        </button>
      </div>
      <ActionResult action={action} done="" />
    </Form>
  )
}
