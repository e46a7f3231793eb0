// Shows one task. A colleague can end an open task as done or as dropped, with a short note.
import { minuteOf } from '#protocol/time'
import { dayInDigits, momentInDigits } from '../../../i18n/dates.ts'
import { useMessages, type MessageKey } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { DueDay } from '../../../ui/due-day.tsx'
import { focusNewForm } from '../../../ui/focus-form.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type Task } from '../../read/tasks-of.ts'
import { endOfTask } from '../../write/end-of-task.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { writeIn } from '../../write/write-in.ts'
import { WordForm } from '../word-form.tsx'
import { EndFollowUp } from './end-follow-up.tsx'

interface TaskRowProps extends CaseProps {
  task: Task
  /** called when the draft of the danger form has changed */
  onDanger: () => void
}

export function TaskRow({ task, onDanger, loaded, checks, fresh, reload, onSaved }: TaskRowProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { key, end } = task
  const { text, dueDay, assignee } = task.task
  const whom = assignee
    ? t('staff.task.is_for', { name: nameOf(assignee) })
    : t('staff.task.for.case')
  return (
    <li class={fresh.has(key) ? 'is-fresh' : undefined}>
      <Doubt {...{ task, loaded, checks }} />
      <UntrustedText text={text} />
      <p class="by">
        {fresh.has(key) && <b>{t('staff.fresh')} </b>}
        {dueDay && (
          <>
            <DueDay day={dueDay} isEnded={end !== null} /> ·{' '}
          </>
        )}
        {whom} · {t('staff.task.by', { name: nameOf(task.author) })}
      </p>
      {end ? (
        <>
          <p class="by">
            <b>{t(endKey(end))}</b> {nameOf(end.author)} {momentInDigits(end.entry.at)}
          </p>
          {end.entry.text && !end.isOfFollowUp && <UntrustedText text={end.entry.text} />}
        </>
      ) : task.task.followUp ? (
        <EndFollowUp {...{ task, loaded, reload, onSaved, onDanger }} />
      ) : (
        <EndTask task={task} loaded={loaded} reload={reload} onSaved={onSaved} />
      )}
    </li>
  )
}

/**
 * Shows a later task in a follow-up as one line, until the tasks before it have ended. Only the
 * first task is marked as new.
 */
export function LaterFollowUp({ task, loaded, checks }: Omit<TaskRowProps, 'onDanger'>) {
  const { t } = useMessages()
  const { dueDay, followUp } = task.task
  return (
    <li>
      <Doubt {...{ task, loaded, checks }} />
      <p class="by">
        {t('staff.follow.month', {
          n: followUp?.months ?? '',
          day: dueDay === null ? '' : dayInDigits(dueDay),
        })}
      </p>
    </li>
  )
}

/** Warns that the entry recorded in the log differs from the task shown. */
function Doubt({ task, loaded, checks }: Pick<TaskRowProps, 'task' | 'loaded' | 'checks'>) {
  const { t } = useMessages()
  const { caseId, n } = task
  const isOwn = caseId === loaded.item.id
  const differs = isOwn ? checks?.entries : checks?.absorbedEntries.get(caseId)
  return differs?.has(n) ? <p class="doubt">{t('staff.thread.differs')}</p> : null
}

function endKey({ entry, isOfFollowUp }: NonNullable<Task['end']>): MessageKey {
  if (isOfFollowUp) return 'staff.follow.over'
  if (entry.outcome) return `staff.follow.${entry.outcome}`
  return entry.isDone ? 'staff.task.done' : 'staff.task.dropped'
}

type EndTaskProps = Pick<CaseProps, 'loaded' | 'reload' | 'onSaved'> & { task: Task }

function EndTask({ task, loaded, reload, onSaved }: EndTaskProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [draft, setDraft] = useRecordDraft(`task_end ${task.n}`, task.caseId)
  const begin = (isDone: boolean): void => {
    focusNewForm()
    setDraft({ base: 0, fields: { text: '', isDone: String(isDone) } })
  }
  const close = (): void => {
    setDraft(null)
    focusSoon('tasks-title')
  }
  if (!draft)
    return (
      <div class="verbs">
        <button type="button" onClick={() => begin(true)}>
          {t('staff.task.done.go')}
        </button>
        <button type="button" class="plain" onClick={() => begin(false)}>
          {t('staff.task.drop.go')}
        </button>
      </div>
    )
  const { fields } = draft
  const isDone = fields['isDone'] === 'true'
  const text = fields['text'] ?? ''
  const end = async (): Promise<void> => {
    const said = { at: minuteOf(Date.now()), text, isDone }
    onSaved(await writeIn(writer(), loaded.sealed).task(endOfTask(loaded, task, said)))
    close()
  }
  return (
    <>
      <WordForm
        label={t(isDone ? 'staff.task.done.word' : 'staff.task.drop.word')}
        text={text}
        onText={(next) => setDraft({ base: 0, fields: { ...fields, text: next } })}
        save={t(isDone ? 'staff.task.done.save' : 'staff.task.drop.save')}
        busy={action.busy}
        onSave={() => action.run(end)}
        onCancel={close}
      />
      <ActionResult action={action} done="" />
    </>
  )
}
