// Shows two buttons: one changes a person in the case, the other removes the person after asking
// for confirmation.
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { useQuestion } from '../../../ui/use-question.ts'
import { type LoadedPerson } from '../../read/read-records.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { writeIn } from '../../write/write-in.ts'

interface PersonVerbsProps extends Pick<CaseProps, 'loaded' | 'reload'> {
  person: LoadedPerson
  onChange: () => void
  onClassify: () => void
}

export function PersonVerbs({ person, loaded, reload, onChange, onClassify }: PersonVerbsProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const { isAsking, question, start, ask, back } = useQuestion()
  const name = person.kept.name || t('staff.person.unnamed')
  const remove = async (): Promise<void> => {
    const place = { record: person.record, revision: person.revision + 1 }
    await writeIn(writer(), loaded.sealed).record(place, { v: 1, kind: 'removed' })
    focusSoon('persons-title')
  }
  return (
    <div class={isAsking ? 'note' : 'verbs'}>
      {isAsking ? (
        <>
          <p ref={question} tabIndex={-1}>
            {t('staff.person.remove.ask', { name })}
          </p>
          <div class="verbs">
            <button
              type="button"
              class="go"
              aria-disabled={action.busy}
              onClick={() => action.run(remove)}
            >
              {t('staff.person.remove.go')}
            </button>
            <button type="button" onClick={back}>
              {t('staff.people.not_yet')}
            </button>
          </div>
        </>
      ) : (
        <>
          <button
            type="button"
            class="plain"
            aria-label={t('staff.person.change.of', { name })}
            onClick={onChange}
          >
            {t('staff.person.change')}
          </button>
          {person.kept.role !== 'suspect' && (
            <button
              type="button"
              class="plain"
              id={`classify-${person.record}`}
              aria-label={t('staff.person.classify.of', { name })}
              onClick={onClassify}
            >
              {t('staff.person.classify')}
            </button>
          )}
          <button
            type="button"
            class="plain"
            ref={start}
            aria-label={t('staff.person.remove.of', { name })}
            onClick={ask}
          >
            {t('staff.person.remove')}
          </button>
        </>
      )}
      <ActionResult action={action} done="" />
    </div>
  )
}
