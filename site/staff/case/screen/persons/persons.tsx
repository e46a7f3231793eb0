// Shows the people in the case. Each person has a separate record, because one letter can mention a
// dozen people.
import { Refusal } from '#protocol/errors'
import { SUMMARY } from '../../../crypto/case-record.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { freeRecord, personsIn } from '../../read/read-records.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { type CaseProps } from '../case-props.ts'
import { RecordForm } from '../records/record-form.tsx'
import { isBlank, NOBODY_YET, PERSON_FIELDS, personFields, personFrom } from './person-fields.ts'
import { PersonRow } from './person-row.tsx'
import { writeIn } from '../../write/write-in.ts'

export function Persons(props: CaseProps) {
  const { loaded, reload } = props
  const { t, sentence } = useMessages()
  const writer = useCaseWriter()
  const [draft, setDraft] = useRecordDraft('person', loaded.item.id)
  const persons = personsIn(loaded.records)
  const rows = loaded.records.filter(({ record }) => record > SUMMARY)
  const shut = rows.filter(({ kept, isNewer }) => kept === null && !isNewer).length
  const isFull = freeRecord(loaded.records) === null
  return (
    <section class="part" aria-labelledby="persons-title">
      <h4 id="persons-title" tabIndex={-1}>
        {t('staff.person.title', { n: persons.length })}
      </h4>
      {rows.length > 0 && (
        <ul class="persons">
          {rows.map((stored) => (
            <PersonRow key={stored.record} stored={stored} {...props} />
          ))}
        </ul>
      )}
      {rows.some(({ isNewer }) => isNewer) && <p>{sentence(new Refusal('made_newer'))}</p>}
      {shut > 0 && <p>{t('staff.record.shut', { n: shut })}</p>}
      {isFull && <p>{t('staff.person.full')}</p>}
      {!draft && !isFull && (
        <OpensForm isPlus onOpen={() => setDraft({ base: 0, fields: NOBODY_YET })}>
          {t('staff.person.add')}
        </OpensForm>
      )}
      {draft && (
        <RecordForm
          fields={PERSON_FIELDS}
          stored={null}
          draft={draft}
          titleId="persons-title"
          onDraft={setDraft}
          recordFrom={personFrom}
          fieldsOf={personFields}
          onSave={async () => {
            const person = personFrom(draft.fields)
            if (isBlank(person)) throw new Refusal('text_empty')
            await writeIn(writer(), loaded.sealed).person(person)
          }}
          reload={reload}
        />
      )}
    </section>
  )
}
