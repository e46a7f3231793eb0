// Changes a record. If a colleague saved the same record in the meantime, shows both versions side
// by side. The person's own version remains in the fields, and the person merges the two by hand.
import { Refusal } from '#protocol/errors'
import { recordBytesLeft, type CaseRecord } from '../../../crypto/case-record.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { Form, lettersIn } from '../../../ui/form.tsx'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { type LoadedRecord } from '../../read/read-records.ts'
import { laterThan, type RecordFields, type RecordDraft } from '../../write/record-draft.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { RecordInput, shownValue, type RecordField } from './record-field.tsx'
import { TheirVersion } from './their-version.tsx'

export interface RecordFormProps extends Pick<CaseProps, 'reload'> {
  fields: readonly RecordField[]
  /** the record as stored in the case; null for a new record */
  stored: LoadedRecord | null
  draft: RecordDraft
  onDraft: (draft: RecordDraft | null) => void
  recordFrom: (fields: RecordFields) => CaseRecord
  fieldsOf: (record: CaseRecord) => RecordFields | null
  /** id of the heading that receives focus when the form closes */
  titleId: string
  /** @throws Refusal `text_empty` when all fields of the record are empty */
  onSave: (record: CaseRecord, revision: number) => Promise<void>
}

export function RecordForm(props: RecordFormProps) {
  const { fields, stored, draft, onDraft, recordFrom, fieldsOf, titleId, onSave, reload } = props
  const { t } = useMessages()
  const action = useAction(reload, CASE_MOVED)
  const later = laterThan(draft, stored)
  const record = recordFrom(draft.fields)
  const left = recordBytesLeft(record)
  const save = async (): Promise<void> => {
    if (left < 0) throw new Refusal('text_too_long')
    await onSave(record, (later?.revision ?? draft.base) + 1)
    close()
  }
  const close = (): void => {
    onDraft(null)
    focusSoon(titleId)
  }
  const set = (name: string, value: string): void =>
    onDraft({ ...draft, fields: { ...draft.fields, [name]: value } })
  return (
    <div class={later ? 'versions' : undefined}>
      {later && <LaterVersion later={later} fields={fields} fieldsOf={fieldsOf} />}
      <Form busy={action.busy} onSubmit={() => action.run(save)} onCancel={close}>
        <ActionResult action={action} done="" />
        {later && <h5>{t('staff.record.mine')}</h5>}
        {fields.map((field) => (
          <RecordInput
            key={field.name}
            field={field}
            value={ownValue(draft.fields, field.name) ?? ''}
            onInput={(text) => set(field.name, text)}
          />
        ))}
        {left < 0 && (
          <p class="mistake" role="alert">
            {t('staff.record.too_long', { n: lettersIn(-left) })}
          </p>
        )}
        <div class="verbs">
          {later?.kept !== null && (
            <button type="submit" class="go" aria-disabled={action.busy}>
              {t(later ? 'staff.record.save_both' : 'staff.record.save')}
            </button>
          )}
          <button type="button" onClick={close}>
            {t(later ? 'staff.record.take_theirs' : 'staff.record.drop')}
          </button>
        </div>
      </Form>
    </div>
  )
}

type LaterVersionProps = Pick<RecordFormProps, 'fields' | 'fieldsOf'> & { later: LoadedRecord }

function LaterVersion({ later, fields, fieldsOf }: LaterVersionProps) {
  const { t, sentence } = useMessages()
  const theirs = later.kept && fieldsOf(later.kept)
  return (
    <TheirVersion later={later} level="h5">
      {theirs ? (
        <FactList
          facts={fields.map((field) => [t(field.label), shownValue(field, theirs, t) || '—'])}
        />
      ) : (
        <p>
          {later.isNewer
            ? sentence(new Refusal('made_newer'))
            : t(later.kept ? 'staff.record.removed' : 'staff.record.cannot_open')}
        </p>
      )}
      {later.kept && <p>{t('staff.record.compare')}</p>}
    </TheirVersion>
  )
}
