// Asks for the result of an attempt to reach the person, the means of contact, and the time.
import { minuteOf } from '#protocol/time'
import {
  entryBytesLeft,
  OUTCOMES,
  CONTACT_WAYS,
  type EntryOf,
  type Way,
} from '../../../crypto/case-entry.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import { MomentField, SelectField } from '../../../ui/select-field.tsx'
import { type RecordFields } from '../../write/record-draft.ts'
import { localMinute } from '../../write/wish-entry.ts'

interface AttemptFormProps {
  /** the means of contact that the person asked for */
  way: Way
  busy: boolean
  fields: RecordFields
  onFields: (fields: RecordFields) => void
  onSave: (entry: EntryOf<'attempt'>) => void
  onCancel: () => void
}

/** Makes the entry. A missing or future time becomes the current time. */
function attemptFrom(fields: RecordFields, way: Way, nowMs: number): EntryOf<'attempt'> {
  const triedMs = Date.parse(ownValue(fields, 'when') ?? '')
  return {
    ...{ v: 1, kind: 'attempt', at: minuteOf(nowMs) },
    text: (ownValue(fields, 'text') ?? '').trim(),
    outcome: OUTCOMES.find((each) => each === ownValue(fields, 'outcome')) ?? 'answered',
    way: CONTACT_WAYS.find((each) => each === ownValue(fields, 'way')) ?? way,
    triedAt: minuteOf(Number.isNaN(triedMs) ? nowMs : Math.min(triedMs, nowMs)),
  }
}

export function AttemptForm({ way, busy, fields, onFields, onSave, onCancel }: AttemptFormProps) {
  const { t } = useMessages()
  const set = (name: string, value: string): void => onFields({ ...fields, [name]: value })
  const entry = attemptFrom(fields, way, Date.now())
  const left = entryBytesLeft(entry)
  return (
    <Form
      busy={busy}
      onSubmit={() => onSave(attemptFrom(fields, way, Date.now()))}
      onCancel={onCancel}
    >
      <SelectField
        label={t('staff.attempt.outcome')}
        value={entry.outcome}
        options={OUTCOMES.map((each) => [each, t(`staff.attempt.${each}`)] as const)}
        onChange={(outcome) => set('outcome', outcome)}
      />
      <SelectField
        label={t('staff.attempt.way')}
        value={entry.way}
        options={CONTACT_WAYS.map((each) => [each, t(`staff.attempt.way.${each}`)] as const)}
        onChange={(chosen) => set('way', chosen)}
      />
      <MomentField
        label={t('staff.attempt.when')}
        value={ownValue(fields, 'when') ?? localMinute(Date.now())}
        max={localMinute(Date.now())}
        onInput={(when) => set('when', when)}
      />
      <Field
        label={t('staff.attempt.text')}
        value={ownValue(fields, 'text') ?? ''}
        onInput={(text) => set('text', text)}
        rows={2}
        mistake={left < 0 ? t('staff.notes.too_long', { n: lettersIn(-left) }) : null}
      />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={busy}>
          {t('staff.attempt.save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.record.drop')}
        </button>
      </div>
    </Form>
  )
}
