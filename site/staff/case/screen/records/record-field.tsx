// Describes one field of a record, and renders it as a form input or as text.
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages, type MessageKey } from '../../../i18n/messages.tsx'
import { Field } from '../../../ui/form.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { type RecordFields } from '../../write/record-draft.ts'

export interface RecordField {
  name: string
  label: MessageKey
  hint?: MessageKey
  rows?: number
  /** the label of each value that can be chosen */
  options?: Readonly<Record<string, MessageKey>>
}

interface RecordInputProps {
  field: RecordField
  value: string
  onInput: (text: string) => void
}

export function RecordInput({ field, value, onInput }: RecordInputProps) {
  const { t } = useMessages()
  const { label, hint, rows, options } = field
  const common = { label: t(label), ...(hint && { hint: t(hint) }), value }
  return options ? (
    <SelectField
      {...common}
      options={Object.entries(options).map(([each, words]) => [each, t(words)])}
      onChange={onInput}
    />
  ) : (
    <Field {...common} {...(rows && { rows })} onInput={onInput} />
  )
}

/** Formats the value of a field for the screen. */
export function shownValue(
  { name, options }: RecordField,
  fields: RecordFields,
  t: (key: MessageKey) => string,
): string {
  const value = ownValue(fields, name) ?? ''
  const words = options && ownValue(options, value)
  return words ? t(words) : value
}
