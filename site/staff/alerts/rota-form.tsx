// Changes the rota: the hours of the night, and the call order for each night.
import { type RotaSet } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { membersWho } from '../ledger/read-roster.ts'
import { useNames } from '../ledger/use-names.ts'
import { Form } from '../ui/form.tsx'
import { HourField } from './hour-field.tsx'
import { NIGHT_NAMES } from './night-names.ts'

interface RotaFormProps {
  rota: RotaSet
  roster: Roster
  busy: boolean
  onChange: (rota: RotaSet) => void
  onSave: () => void
  onCancel: () => void
}

export function RotaForm({ rota, roster, busy, onChange, onSave, onCancel }: RotaFormProps) {
  const { t } = useMessages()
  const change = (part: Partial<RotaSet>): void => onChange({ ...rota, ...part })
  const people = membersWho(roster, 'confirmed')
    .filter(({ roles }) => roles.includes('intake') || roles.includes('admin'))
    .map(({ id }) => id)
  const setNight = (n: number, order: string[]): void =>
    change({ nights: rota.nights.map((each, night) => (night === n ? order : each)) })
  return (
    <Form onSubmit={onSave}>
      <div class="hours">
        <HourField
          label={t('staff.duty.from')}
          hour={rota.nightFrom}
          onChange={(nightFrom) => change({ nightFrom })}
        />
        <HourField
          label={t('staff.duty.until')}
          hour={rota.nightUntil}
          onChange={(nightUntil) => change({ nightUntil })}
        />
      </div>
      {NIGHT_NAMES.map((name, n) => (
        <OrderFields
          key={name}
          legend={t(name)}
          people={people}
          order={rota.nights[n] ?? []}
          onChange={(order) => setNight(n, order)}
        />
      ))}
      <OrderFields
        legend={t('staff.duty.days')}
        people={people}
        order={rota.days}
        onChange={(days) => change({ days })}
      />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={busy}>
          {t('staff.duty.save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.duty.cancel')}
        </button>
      </div>
    </Form>
  )
}

interface OrderFieldsProps {
  legend: string
  people: readonly string[]
  order: readonly string[]
  onChange: (order: string[]) => void
}

const PLACES = ['first', 'then'] as const

function OrderFields({ legend, people, order, onChange }: OrderFieldsProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const choose = (n: number, person: string): void => {
    const chosen = PLACES.map((_, place) => (place === n ? person : (order[place] ?? '')))
    onChange([...new Set(chosen.filter((each) => each !== ''))])
  }
  return (
    <fieldset class="order">
      <legend>{legend}</legend>
      {PLACES.map((place, n) => (
        <select
          key={place}
          aria-label={`${legend}: ${t(`staff.duty.${place}`)}`}
          value={order[n] ?? ''}
          onChange={({ currentTarget }) => choose(n, currentTarget.value)}
        >
          <option value="">{t(n === 0 ? 'staff.duty.none' : 'staff.duty.none_then')}</option>
          {people.map((person) => (
            <option key={person} value={person}>
              {nameOf(person)}
            </option>
          ))}
        </select>
      ))}
    </fieldset>
  )
}
