import { useState } from 'preact/hooks'
import type { OwnSlot } from '#protocol/staff/people/slots'
import { postSlotName } from '../api/own-keys-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { Form } from '../ui/form.tsx'
import { SlotNameField } from './slot-name-field.tsx'

interface RenameSlotProps {
  slot: OwnSlot
  onDone: () => void
  onCancel: () => void
}

export function RenameSlot({ slot, onDone, onCancel }: RenameSlotProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const [name, setName] = useState(slot.name)
  const rename = async (): Promise<void> => {
    await postSlotName(slot.id, name)
    onDone()
  }
  return (
    <div class="note slot-verb">
      <Form onSubmit={() => attempt.run(rename)}>
        <SlotNameField kind={slot.kind} name={name} onName={setName} />
        <ErrorMessage why={attempt.why} />
        <div class="verbs">
          <button type="submit" class="go" aria-disabled={attempt.busy}>
            {t('staff.own.rename.go')}
          </button>
          <button type="button" onClick={onCancel}>
            {t('staff.people.not_yet')}
          </button>
        </div>
      </Form>
    </div>
  )
}
