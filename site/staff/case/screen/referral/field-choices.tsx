// Shows each field of the case with its value, and the forms in which it can be shared. A field
// that could identify a child is shown separately and must be ticked individually.
import { useState } from 'preact/hooks'
import {
  isPlaceField,
  fieldsFor,
  formsOf,
  needsTick,
  PLACE_SIZES,
  type CaseField,
  type FieldForm,
} from '../../../referral/fields.ts'
import { mayBeChild } from '../../../referral/content.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { Field as TextField } from '../../../ui/form.tsx'
import { type Asked } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

type Facts = Asked['facts']
type Choices = Asked['choices']

interface FieldChoicesProps {
  words: ReferralWords
  facts: Facts
  onFacts: (facts: Facts) => void
  choices: Choices
  onChoices: (choices: Choices) => void
}

export function FieldChoices(props: FieldChoicesProps) {
  const { words, facts, choices } = props
  const { say } = words
  const { basis } = choices
  const isAlone = (field: CaseField): boolean => needsTick(field, 'whole', basis, mayBeChild(facts))
  const fields = fieldsFor(basis)
  // A place appears in its coarser forms among the usual fields, and separately in full.
  const usual = fields.filter((each) => !isAlone(each) || isPlaceField(each))
  const alone = fields.filter(isAlone)
  // A field does not move while a colleague is typing in it.
  const [unknown] = useState(() =>
    fields.filter((each) => !facts.values[each] && !choices.forms[each]),
  )
  const isUnknown = (field: CaseField): boolean => basis !== 'life' && unknown.includes(field)
  const row = (field: CaseField) => (
    <FieldRow key={field} {...props} field={field} withoutWhole={isAlone(field)} />
  )
  return (
    <>
      <section aria-labelledby="referral-fields">
        <h5 id="referral-fields">{say('staff-referral.fields')}</h5>
        {basis !== 'life' && <p class="hint">{say('staff-referral.fields.hint')}</p>}
        {usual.filter((each) => !isUnknown(each)).map(row)}
        {usual.some(isUnknown) && (
          <details>
            <summary>
              {say('staff-referral.fields.more', { n: usual.filter(isUnknown).length })}
            </summary>
            {usual.filter(isUnknown).map(row)}
          </details>
        )}
      </section>
      {alone.length > 0 && (
        <section aria-labelledby="referral-alone">
          <h5 id="referral-alone">{say('staff-referral.alone')}</h5>
          <p class="hint">{say('staff-referral.alone.hint')}</p>
          {alone.map((field) => (
            <TickedField key={field} {...props} field={field} />
          ))}
        </section>
      )}
    </>
  )
}

const withForm = (choices: Choices, field: CaseField, form: FieldForm): Choices => ({
  ...choices,
  forms: { ...choices.forms, [field]: form },
  ticked: choices.ticked.filter((each) => each !== field),
})

interface FieldRowProps extends FieldChoicesProps {
  field: CaseField
  withoutWhole: boolean
}

function FieldRow(props: FieldRowProps) {
  const { field, withoutWhole, choices, onChoices, words } = props
  const { say } = words
  const forms = formsOf(field, choices.basis).filter((each) => !withoutWhole || each !== 'whole')
  const chosen = choices.forms[field] ?? 'out'
  return (
    <div class="leaving-field">
      <Value {...props} />
      <ChoiceRow
        label={say(`staff-referral.field.${field}`)}
        isQuiet
        options={forms.map((each) => [each, say(`staff-referral.form.${each}`)] as const)}
        value={forms.includes(chosen) ? chosen : null}
        onChange={(form) => onChoices(withForm(choices, field, form))}
      />
    </div>
  )
}

function TickedField(props: FieldChoicesProps & { field: CaseField }) {
  const { field, choices, onChoices, words } = props
  const isTicked = choices.ticked.includes(field)
  const change = (): void => {
    const next = withForm(choices, field, isTicked ? 'out' : 'whole')
    onChoices(isTicked ? next : { ...next, ticked: [...next.ticked, field] })
  }
  return (
    <div class="leaving-field">
      {!isPlaceField(field) && <Value {...props} />}
      <label class="choice">
        <input type="checkbox" checked={isTicked} onChange={change} />
        <span>
          {words.say('staff-referral.consent.item.form', {
            field: words.say(`staff-referral.field.${field}`),
            form: words.say('staff-referral.form.whole'),
          })}
        </span>
      </label>
    </div>
  )
}

/**
 * Shows the value of a field, which a colleague may complete; for a place, also shows the coarser
 * values.
 */
function Value({
  field,
  facts,
  onFacts,
  choices,
  words,
}: FieldChoicesProps & { field: CaseField }) {
  const { say } = words
  const label = say(`staff-referral.field.${field}`)
  const form = choices.forms[field]
  return (
    <>
      <TextField
        label={label}
        value={facts.values[field]}
        onInput={(text) => onFacts({ ...facts, values: { ...facts.values, [field]: text } })}
      />
      {isPlaceField(field) && form === 'country' && (
        <TextField
          label={say('staff-referral.country.of', { field: label })}
          value={facts.countries[field]}
          onInput={(text) =>
            onFacts({ ...facts, countries: { ...facts.countries, [field]: text } })
          }
        />
      )}
      {isPlaceField(field) && form === 'town' && (
        <ChoiceRow
          label={label}
          isQuiet
          options={PLACE_SIZES.map((each) => [each, say(`staff-referral.size.${each}`)] as const)}
          value={facts.sizes[field]}
          onChange={(size) => onFacts({ ...facts, sizes: { ...facts.sizes, [field]: size } })}
        />
      )}
    </>
  )
}
