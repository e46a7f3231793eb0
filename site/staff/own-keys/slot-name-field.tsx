import type { Slot } from '#protocol/staff/people/slots'
import { useMessages } from '../i18n/messages.tsx'
import { Field } from '../ui/form.tsx'

const MAX_SLOT_NAME = 60

interface SlotNameFieldProps {
  kind: Slot['kind']
  name: string
  onName: (name: string) => void
}

/** Asks for a name. The server can read the name, so it must not reveal where a sheet is kept. */
export function SlotNameField({ kind, name, onName }: SlotNameFieldProps) {
  const { t } = useMessages()
  return (
    <Field
      label={t('staff.own.name')}
      hint={t(`staff.own.name.hint.${kind}`)}
      value={name}
      onInput={onName}
      maxLength={MAX_SLOT_NAME}
    />
  )
}
