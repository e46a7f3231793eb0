// Asks what help a person received. In a new form, pressing a kind of help saves the entry. The
// other fields usually contain the right values already. A correction has a separate save button.
import { useState } from 'preact/hooks'
import { localDayOf } from '#content/clock.ts'
import {
  DENIALS,
  entryBytesLeft,
  HELP_KINDS,
  HELP_OUTCOMES,
  type EntryOf,
  type HelpKind,
} from '../../../crypto/case-entry.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import { DayField, SelectField } from '../../../ui/select-field.tsx'
import { personValue, type NamedPerson } from '../../read/named-persons.ts'
import { type RecordFields } from '../../write/record-draft.ts'
import {
  BY_OTHER,
  BY_US,
  giverOf,
  helpFrom,
  kindIn,
  missingIn,
  type MissingField,
} from './help-fields.ts'

interface HelpFormProps {
  fields: RecordFields
  onFields: (fields: RecordFields) => void
  persons: readonly NamedPerson[]
  /** the organisations that have helped in this case */
  receivers: readonly string[]
  isCorrection: boolean
  busy: boolean
  onSave: (help: EntryOf<'help'>) => void
  onCancel: () => void
}

export function HelpForm(props: HelpFormProps) {
  const { fields, onFields, persons, receivers, isCorrection, busy, onSave, onCancel } = props
  const { t } = useMessages()
  const [isTried, setIsTried] = useState(false)
  const valueOf = (name: string): string => ownValue(fields, name) ?? ''
  const set = (name: string, value: string): void => onFields({ ...fields, [name]: value })
  const help = helpFrom(fields, kindIn(fields), Date.now())
  const missing = missingIn(help)
  const left = entryBytesLeft(help)
  const save = (kind: HelpKind): void => {
    setIsTried(true)
    if (missing.length === 0) onSave(helpFrom(fields, kind, Date.now()))
  }
  /** Pressing Enter in a field of a new form saves nothing, because no kind is chosen yet. */
  const send = (): void => {
    if (isCorrection) save(kindIn(fields))
  }
  const mistake = (name: MissingField): string | null =>
    isTried && missing.includes(name) ? t(`staff.help.${name}.missing`) : null
  return (
    <Form busy={busy} onSubmit={send} onCancel={onCancel}>
      <div class="one-line">
        <SelectField
          label={t('staff.help.person')}
          value={valueOf('person')}
          options={[
            ['', t('staff.help.person.none')],
            ...persons.map(
              ({ place, name }) =>
                [personValue(place), name || t('staff.help.person.unnamed')] as const,
            ),
          ]}
          onChange={(person) => set('person', person)}
        />
        <SelectField
          label={t('staff.help.outcome')}
          value={help.outcome}
          options={HELP_OUTCOMES.map((each) => [each, t(`staff.help.${each}`)] as const)}
          onChange={(outcome) => set('outcome', outcome)}
        />
        <DayField
          label={t('staff.help.day')}
          value={help.day}
          max={localDayOf(Date.now())}
          onInput={(day) => set('day', day)}
        />
        {help.outcome !== 'denied' && (
          <SelectField
            label={t('staff.help.giver')}
            value={valueOf('giver') || BY_US}
            options={[
              [BY_US, t('staff.help.us')],
              ...receivers.map((each) => [giverOf(each), each] as const),
              [BY_OTHER, t('staff.help.other')],
            ]}
            onChange={(giver) => set('giver', giver)}
          />
        )}
      </div>
      {help.outcome !== 'denied' && valueOf('giver') === BY_OTHER && (
        <Field
          label={t('staff.help.receiver')}
          value={valueOf('receiver')}
          onInput={(receiver) => set('receiver', receiver)}
          mistake={mistake('receiver')}
        />
      )}
      {help.outcome === 'denied' && (
        <>
          <SelectField
            label={t('staff.help.why')}
            value={valueOf('why')}
            options={[
              ['', t('staff.help.why.missing')],
              ...DENIALS.map((each) => [each, t(`staff.help.why.${each}`)] as const),
            ]}
            onChange={(why) => set('why', why)}
          />
          <Field
            label={t('staff.help.sent')}
            value={valueOf('sentTo')}
            onInput={(sentTo) => set('sentTo', sentTo)}
            mistake={mistake('sent') ?? mistake('why')}
          />
        </>
      )}
      {help.outcome === 'refused' && <p class="note">{t('staff.help.refused.hint')}</p>}
      <Field
        label={t('staff.attempt.text')}
        value={valueOf('text')}
        onInput={(text) => set('text', text)}
        rows={isCorrection ? 2 : 1}
        mistake={left < 0 ? t('staff.notes.too_long', { n: lettersIn(-left) }) : null}
      />
      {isCorrection ? (
        <SelectField
          label={t('staff.help.kind')}
          value={kindIn(fields)}
          options={HELP_KINDS.map((each) => [each, t(`staff.help.kind.${each}`)] as const)}
          onChange={(kind) => set('help', kind)}
        />
      ) : (
        <fieldset>
          <legend>{t('staff.help.press')}</legend>
          <div class="kinds-of-help">
            {HELP_KINDS.map((each) => (
              <button key={each} type="button" aria-disabled={busy} onClick={() => save(each)}>
                {t(`staff.help.kind.${each}`)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <div class="verbs">
        {isCorrection && (
          <button type="submit" class="go" aria-disabled={busy}>
            {t('staff.help.save')}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t('staff.record.drop')}
        </button>
      </div>
    </Form>
  )
}
