import { useState } from 'preact/hooks'
import type { Slot } from '#protocol/staff/people/slots'
import { useMessages } from '../i18n/messages.tsx'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Form } from '../ui/form.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { SlotNameField } from './slot-name-field.tsx'

interface NameStepProps {
  frame: Frame
  kind: Slot['kind']
  onName: (name: string) => Promise<void>
}

/**
 * Asks for the name of a tested slot, and stores the slot. The proof of presence may expire while
 * the person writes down a sheet, and is then requested again.
 */
export function NameStep({ frame, kind, onName }: NameStepProps) {
  const { t } = useMessages()
  const proof = useProof()
  const [name, setName] = useState('')
  return frame(
    t('staff.own.name.title'),
    <>
      <Form onSubmit={() => proof.run(() => onName(name))}>
        <SlotNameField kind={kind} name={name} onName={setName} />
        <ErrorMessage why={proof.why} />
        <button type="submit" class="go" aria-disabled={proof.busy}>
          {t('staff.own.add.go')}
        </button>
      </Form>
      {proof.question}
    </>,
  )
}
