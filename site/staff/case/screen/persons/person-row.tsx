// Shows one person in the case, or the form that changes their record.
import { useState } from 'preact/hooks'
import { isClassified } from '../../../crypto/classification.ts'
import { type CasePerson } from '../../../crypto/case-record.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { focusNewForm } from '../../../ui/focus-form.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type LoadedRecord } from '../../read/read-records.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { type CaseProps } from '../case-props.ts'
import { RecordForm } from '../records/record-form.tsx'
import {
  PERSON_FIELDS,
  personDraft,
  personFields,
  personFrom,
  ROLE_WORDS,
} from './person-fields.ts'
import { newClassDraft, useClassDraft } from '../classes/class-draft.ts'
import { LoadClassFacts, LoadClassForm } from '../classes/load-classes.tsx'
import { PersonVerbs } from './person-verbs.tsx'
import { writeIn } from '../../write/write-in.ts'

interface PersonRowProps extends CaseProps {
  stored: LoadedRecord
}

/** Renders nothing for a person who was removed, unless there are unsent words about them. */
export function PersonRow({ stored, loaded, checks, reload }: PersonRowProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const { record, revision, kept } = stored
  const [draft, setDraft] = useRecordDraft(`record ${record}`, loaded.item.id)
  const [classDraft, setClassDraft] = useClassDraft(record, loaded.item.id)
  const [isNew, setIsNew] = useState(false)
  if (draft)
    return (
      <li>
        {kept?.kind === 'person' && (
          // The printed page shows the stored record, not a form with a draft.
          <div class="print-only">
            <PersonFacts person={kept} />
          </div>
        )}
        <RecordForm
          fields={PERSON_FIELDS}
          stored={stored}
          draft={draft}
          titleId="persons-title"
          onDraft={setDraft}
          recordFrom={(fields) => personFrom(fields, kept)}
          fieldsOf={personFields}
          onSave={(changed, next) =>
            writeIn(writer(), loaded.sealed).record({ record, revision: next }, changed)
          }
          reload={reload}
        />
      </li>
    )
  const person = kept?.kind === 'person' ? kept : null
  const canClassify = person !== null && person.role !== 'suspect'
  if (!person && !classDraft) return null
  return (
    <li>
      {checks?.records.has(record) && <p class="doubt">{t('staff.thread.differs')}</p>}
      {person && <PersonFacts person={person} />}
      {person && isClassified(person.classes) && (
        <div class={classDraft ? 'print-only' : undefined}>
          <LoadClassFacts
            loaded={loaded}
            place={{ caseId: loaded.item.id, record }}
            person={person}
          />
        </div>
      )}
      {classDraft ? (
        <LoadClassForm
          {...{ loaded, reload, stored, isNew }}
          draft={classDraft}
          onDraft={setClassDraft}
          onClose={() => {
            setClassDraft(null)
            focusSoon(canClassify ? `classify-${record}` : 'persons-title')
          }}
        />
      ) : (
        person && (
          <PersonVerbs
            person={{ ...stored, kept: person }}
            loaded={loaded}
            reload={reload}
            onChange={() => {
              focusNewForm()
              setDraft({ base: revision, fields: personDraft(person) })
            }}
            onClassify={() => {
              setIsNew(true)
              setClassDraft(newClassDraft(revision, person.classes))
            }}
          />
        )
      )}
    </li>
  )
}

function PersonFacts({ person: { name, role, age, contact, text } }: { person: CasePerson }) {
  const { t } = useMessages()
  return (
    <>
      <p class="person-head" dir="auto">
        <b>{name || t('staff.person.unnamed')}</b> <span>{t(ROLE_WORDS[role])}</span>
      </p>
      {age && (
        <p dir="auto">
          {t('staff.person.age')}: {age}
        </p>
      )}
      {contact && <UntrustedText text={contact} />}
      {text && <UntrustedText text={text} />}
    </>
  )
}
