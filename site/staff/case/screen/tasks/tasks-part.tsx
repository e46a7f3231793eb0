// Shows the tasks of the case and of absorbed cases, open tasks first. A one-line form adds a task.
// Only the task that is due next offers the outcomes of its follow-up. Each later task takes up one
// line.
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { DayField, SelectField } from '../../../ui/select-field.tsx'
import { useCaseColleagues } from '../../read/colleagues-in-case.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { askingNow, tasksOf } from '../../read/tasks-of.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { LaterFollowUp, TaskRow } from './task-row.tsx'
import { writeIn } from '../../write/write-in.ts'

interface TasksPartProps extends CaseProps {
  /** called when the draft of the danger form has changed */
  onDanger: () => void
}

export function TasksPart(props: TasksPartProps) {
  const { loaded } = props
  const { t } = useMessages()
  const tasks = tasksOf(threadsOf(loaded))
  const open = tasks.filter(({ end }) => end === null)
  const ended = tasks.filter(({ end }) => end !== null)
  const asking = askingNow(open)
  return (
    <section class="part" aria-labelledby="tasks-title">
      <h4 id="tasks-title" tabIndex={-1}>
        {t('staff.task.title', { n: open.length })}
      </h4>
      {open.length > 0 && (
        <ul class="tasks">
          {open.map((task) =>
            task.task.followUp && !asking.has(task) ? (
              <LaterFollowUp key={task.key} task={task} {...props} />
            ) : (
              <TaskRow key={task.key} task={task} {...props} />
            ),
          )}
        </ul>
      )}
      <NewTask {...props} />
      {ended.length > 0 && (
        <details>
          <summary>{t('staff.task.ended', { n: ended.length })}</summary>
          <ul class="tasks">
            {ended.map((task) => (
              <TaskRow key={task.key} task={task} {...props} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function NewTask({ loaded, reload, onSaved }: CaseProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const { keys } = useSessionContext()
  const colleagues = useCaseColleagues()
  const action = useAction(reload, CASE_MOVED)
  const [draft, setDraft] = useRecordDraft('task', loaded.item.id)
  if (!draft)
    return (
      <>
        <OpensForm isPlus shortcut="W" onOpen={() => setDraft({ base: 0, fields: {} })}>
          {t('staff.task.add')}
        </OpensForm>
        <ActionResult action={action} done={t('staff.task.added')} />
      </>
    )
  const { fields } = draft
  const valueOf = (name: string): string => ownValue(fields, name) ?? ''
  // By default, the task is assigned to the colleague who writes it.
  const assignee = ownValue(fields, 'assignee') ?? keys.personId
  const set = (name: string, value: string): void =>
    setDraft({ base: 0, fields: { ...fields, [name]: value } })
  const close = (): void => {
    setDraft(null)
    focusSoon('tasks-title')
  }
  const save = async (): Promise<void> => {
    const text = valueOf('text')
    if (!hasWords(text)) throw new Refusal('text_empty')
    const at = minuteOf(Date.now())
    const places = { dueDay: valueOf('dueDay') || null, assignee: assignee || null }
    const task = { v: 1, kind: 'task', at, text, ...places } as const
    onSaved(await writeIn(writer(), loaded.sealed).task(task))
    close()
  }
  return (
    <Form busy={action.busy} onSubmit={() => action.run(save)} onCancel={close}>
      <div class="one-line">
        <Field
          label={t('staff.task.text')}
          value={valueOf('text')}
          onInput={(text) => set('text', text)}
        />
        <DayField
          label={t('staff.task.due')}
          value={valueOf('dueDay')}
          onInput={(day) => set('dueDay', day)}
        />
        <SelectField
          label={t('staff.task.for')}
          value={assignee}
          options={[['', t('staff.task.for.case')], ...colleagues]}
          onChange={(id) => set('assignee', id)}
        />
      </div>
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t('staff.task.save')}
        </button>
        <button type="button" onClick={close}>
          {t('staff.record.drop')}
        </button>
      </div>
      <ActionResult action={action} done={t('staff.task.added')} />
    </Form>
  )
}
