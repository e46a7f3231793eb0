// Shows one person of the case, changes them, and takes them out of the case.
import { useMessages } from '../../i18n/messages.tsx'
import { ActionResult } from '../../session/action-result.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { useAction } from '../../session/use-action.ts'
import { focusNewForm } from '../../ui/focus-form.ts'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { useQuestion } from '../../ui/use-question.ts'
import { CASE_MOVED, useCaseWriter, type CaseProps } from '../case-props.ts'
import { type LoadedPerson, type LoadedRecord } from '../records/read-records.ts'
import { useRecordDraft } from '../records/record-draft.ts'
import { RecordForm } from '../records/record-form.tsx'
import { sendRecord } from '../records/send-record.ts'
import { PERSON_FIELDS, personFields, personFrom, ROLE_WORDS } from './person-fields.ts'

interface PersonRowProps extends CaseProps {
  stored: LoadedRecord
}

/** Renders nothing for somebody who was taken out, unless words about them wait. */
export function PersonRow({ stored, loaded, checks, reload }: PersonRowProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const { record, revision, kept } = stored
  const [draft, setDraft] = useRecordDraft(`record ${record}`, loaded.item.id)
  if (draft)
    return (
      <li>
        <RecordForm
          fields={PERSON_FIELDS}
          stored={stored}
          draft={draft}
          titleId="persons-title"
          onDraft={setDraft}
          recordFrom={personFrom}
          fieldsOf={personFields}
          onSave={(changed, next) =>
            sendRecord(writer(), loaded.sealed, { record, revision: next }, changed)
          }
          reload={reload}
        />
      </li>
    )
  if (kept?.kind !== 'person') return null
  return (
    <li>
      {checks?.records.has(record) && <p class="doubt">{t('staff.thread.differs')}</p>}
      <p class="person-head" dir="auto">
        <b>{kept.name || t('staff.person.unnamed')}</b> <span>{t(ROLE_WORDS[kept.role])}</span>
      </p>
      {kept.age && (
        <p dir="auto">
          {t('staff.person.age')}: {kept.age}
        </p>
      )}
      {kept.contact && <UntrustedText text={kept.contact} />}
      {kept.text && <UntrustedText text={kept.text} />}
      <PersonVerbs
        person={{ ...stored, kept }}
        loaded={loaded}
        reload={reload}
        onChange={() => {
          focusNewForm()
          setDraft({ base: revision, fields: personFields(kept) ?? {} })
        }}
      />
    </li>
  )
}

interface PersonVerbsProps extends Pick<CaseProps, 'loaded' | 'reload'> {
  person: LoadedPerson
  onChange: () => void
}

function PersonVerbs({ person, loaded, reload, onChange }: PersonVerbsProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const { isAsking, question, start, ask, back } = useQuestion()
  const name = person.kept.name || t('staff.person.unnamed')
  const remove = async (): Promise<void> => {
    const place = { record: person.record, revision: person.revision + 1 }
    await sendRecord(writer(), loaded.sealed, place, { v: 1, kind: 'removed' })
    focusSoon('persons-title')
  }
  return (
    <div class="verbs">
      {isAsking ? (
        <>
          <p ref={question} tabIndex={-1}>
            {t('staff.person.remove.ask', { name })}
          </p>
          <button type="button" aria-disabled={action.busy} onClick={() => action.run(remove)}>
            {t('staff.person.remove.go')}
          </button>
          <button type="button" onClick={back}>
            {t('staff.people.not_yet')}
          </button>
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
