// Asks which reports a discard covers.
import { GRADES } from '#protocol/limits'
import { type DiscardPredicate } from '#protocol/staff/list/discard'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { Form } from '../ui/form.tsx'
import { DayField } from '../ui/select-field.tsx'

const SEALERS = {
  both: 'staff.discard.sealedby.both',
  device: 'staff.sealedby.device.long',
  worker: 'staff.sealedby.worker.long',
} as const satisfies Record<DiscardPredicate['sealedBy'], MessageKey>

interface PredicateFormProps {
  predicate: DiscardPredicate
  /** the most recent day that is already over */
  lastDay: string
  busy: boolean
  /** true while signing is the next step */
  isCounted: boolean
  onChange: (changes: Partial<DiscardPredicate>) => void
  onSubmit: () => void
}

export function PredicateForm(props: PredicateFormProps) {
  const { predicate, lastDay, busy, isCounted, onChange, onSubmit } = props
  const { t } = useMessages()
  return (
    <Form onSubmit={onSubmit}>
      <fieldset>
        <legend>{t('staff.discard.grade')}</legend>
        {GRADES.map((grade) => (
          <PredicateChoice
            key={grade}
            name="grade"
            label={t(`staff.grade.${grade}`)}
            checked={predicate.grade === grade}
            onChoose={() => onChange({ grade })}
          />
        ))}
      </fieldset>
      <label class="choice">
        <input
          type="checkbox"
          checked={predicate.danger}
          onChange={({ currentTarget }) => onChange({ danger: currentTarget.checked })}
        />
        <span>
          <b>{t('staff.discard.danger')}</b>
          <small>{t('staff.discard.danger.means')}</small>
        </span>
      </label>
      <fieldset>
        <legend>{t('staff.discard.days')}</legend>
        <p class="hint">{t('staff.discard.days.hint')}</p>
        <div class="days">
          <DayField
            required
            label={t('staff.discard.from')}
            value={predicate.from}
            max={predicate.to}
            onInput={(from) => onChange({ from })}
          />
          <DayField
            required
            label={t('staff.discard.to')}
            value={predicate.to}
            max={lastDay}
            onInput={(to) => onChange({ to })}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('staff.fact.sealedby')}</legend>
        {(['both', 'device', 'worker'] as const).map((sealedBy) => (
          <PredicateChoice
            key={sealedBy}
            name="sealedby"
            label={t(SEALERS[sealedBy])}
            checked={predicate.sealedBy === sealedBy}
            onChoose={() => onChange({ sealedBy })}
          />
        ))}
      </fieldset>
      <button type="submit" class={isCounted ? undefined : 'go'} aria-disabled={busy}>
        {t('staff.discard.count')}
      </button>
    </Form>
  )
}

interface PredicateChoiceProps {
  name: string
  label: string
  checked: boolean
  onChoose: () => void
}

const PredicateChoice = ({ name, label, checked, onChoose }: PredicateChoiceProps) => (
  <label class="choice">
    <input type="radio" name={name} checked={checked} onChange={onChoose} />
    <span>{label}</span>
  </label>
)
