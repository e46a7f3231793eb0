// Makes the passkey and the first slot. The step requests the PRF twice. The second result must
// open the slot that the first result sealed.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { NewSlot } from '#protocol/staff/people/slots'
import { createPasskey } from '../crypto/create-passkey.ts'
import { evaluatePrf, type PasskeyResponse } from '../crypto/passkey.ts'
import { openPrfSlot, sealPrfSlot } from '../crypto/prf-slot.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { useAttempt } from '../ui/use-attempt.ts'
import { useMessages } from '../i18n/messages.tsx'

export interface MadePasskey extends Pick<PasskeyResponse, 'response'> {
  /** null when the authenticator has no PRF */
  slot: NewSlot | null
}

type Created = Awaited<ReturnType<typeof createPasskey>>

interface StepPasskeyProps {
  frame: Frame
  name: string
  /** the reason why the passkey must be made again */
  why: unknown
  options: Record<string, unknown>
  master: () => Bytes
  onMade: (made: MadePasskey) => void
}

export function StepPasskey({ frame, name, why, options, master, onMade }: StepPasskeyProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [created, setCreated] = useState<Created | null>(null)
  const [slot, setSlot] = useState<NewSlot | null>(null)

  const create = async (): Promise<void> => {
    const passkey = await createPasskey(options, name)
    if (!passkey.hasPrf && !passkey.prfOutput) {
      onMade({ response: passkey.response, slot: null })
      return
    }
    setCreated(passkey)
    if (passkey.prfOutput)
      setSlot(await sealPrfSlot(master(), passkey.prfOutput, passkey.credentialId))
  }
  const test = async (passkey: Created): Promise<void> => {
    try {
      const { prfOutput } = await evaluatePrf(passkey.rpId, [passkey.credentialId])
      if (!slot) {
        setSlot(await sealPrfSlot(master(), prfOutput, passkey.credentialId))
        return
      }
      await openPrfSlot(slot, prfOutput)
      onMade({ response: passkey.response, slot })
    } catch (cause) {
      // The authenticator announced a PRF that does not work, so paper replaces the slot.
      const broken = cause instanceof Refusal && ['no_prf', 'cannot_open'].includes(cause.code)
      if (!broken) throw cause
      onMade({ response: passkey.response, slot: null })
    }
  }

  return frame(
    t(created ? 'staff.join.passkey.test' : 'staff.join.passkey.title'),
    <>
      <p>
        {t(
          !created
            ? 'staff.join.passkey.lead'
            : slot
              ? 'staff.join.passkey.test.lead'
              : 'staff.join.passkey.ask.lead',
        )}
      </p>
      <ErrorMessage why={attempt.why ?? why} />
      <button
        type="button"
        class="go"
        aria-disabled={attempt.busy}
        onClick={() => attempt.run(() => (created ? test(created) : create()))}
      >
        {t(created ? 'staff.join.passkey.touch' : 'staff.join.passkey.go')}
      </button>
    </>,
  )
}
