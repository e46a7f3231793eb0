// Asks for the outcome of a follow-up question to the person. The outcome "danger" opens the danger
// form, which informs all colleagues. Every other outcome ends the task with a short note.
import { minuteOf } from '#protocol/time'
import { FOLLOW_UP_OUTCOMES, type FollowUpOutcome } from '../../../crypto/case-entry.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { focusNewForm } from '../../../ui/focus-form.ts'
import { type Task } from '../../read/tasks-of.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { endOfTask } from '../../write/end-of-task.ts'
import { placeText } from '../../write/report-danger.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { WordForm } from '../word-form.tsx'

interface EndFollowUpProps extends Pick<CaseProps, 'loaded' | 'reload' | 'onSaved'> {
  task: Task
  /** called when the draft of the danger form has changed */
  onDanger: () => void
}

export function EndFollowUp({ task, loaded, reload, onSaved, onDanger }: EndFollowUpProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [draft, setDraft] = useRecordDraft(`task_end ${task.n}`, task.caseId)
  const [danger, setDanger] = useRecordDraft('danger', loaded.item.id)
  const begin = (outcome: FollowUpOutcome | ''): void => {
    focusNewForm()
    if (outcome !== 'in_danger') {
      setDraft({ base: 0, fields: { text: '', outcome } })
      return
    }
    // Words written for the opposite act must not be used for this one.
    const isSame = danger !== null && ownValue(danger.fields, 'act') === 'set'
    const text = isSame ? (ownValue(danger.fields, 'text') ?? '') : ''
    setDanger({ base: 0, fields: { text, act: 'set', followUp: placeText(task) } })
    onDanger()
  }
  const close = (): void => {
    setDraft(null)
    focusSoon('tasks-title')
  }
  if (!draft)
    return (
      <div class="verbs" role="group" aria-label={t('staff.follow.outcome')}>
        {FOLLOW_UP_OUTCOMES.map((each) => (
          <button key={each} type="button" onClick={() => begin(each)}>
            {t(`staff.follow.${each}`)}
          </button>
        ))}
        <button type="button" class="plain" onClick={() => begin('')}>
          {t('staff.task.drop.go')}
        </button>
      </div>
    )
  const outcome = FOLLOW_UP_OUTCOMES.find((each) => each === ownValue(draft.fields, 'outcome'))
  const text = ownValue(draft.fields, 'text') ?? ''
  const end = async (): Promise<void> => {
    const said = { at: minuteOf(Date.now()), text, outcome, isDone: outcome !== undefined }
    onSaved(await writeIn(writer(), loaded.sealed).task(endOfTask(loaded, task, said)))
    close()
  }
  return (
    <>
      <WordForm
        label={t(outcome ? `staff.follow.${outcome}` : 'staff.task.drop.word')}
        hint={t('staff.attempt.text')}
        text={text}
        onText={(next) => setDraft({ base: 0, fields: { ...draft.fields, text: next } })}
        save={t(outcome ? 'staff.follow.save' : 'staff.task.drop.save')}
        busy={action.busy}
        onSave={() => action.run(end)}
        onCancel={close}
      />
      <ActionResult action={action} done="" />
    </>
  )
}
