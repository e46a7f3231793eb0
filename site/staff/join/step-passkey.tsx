// The passkey, and the first slot: its PRF is asked twice, and the second answer must open what the first one sealed.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Slot } from '#protocol/staff'
import { createPasskey, evaluatePrf, type PasskeyResponse } from '../keys/passkey.ts'
import { openPrfSlot, sealPrfSlot } from '../keys/prf-slot.ts'
import { Door } from '../parts/door.tsx'
import { Refused } from '../parts/refused.tsx'
import { useAttempt } from '../parts/use-attempt.ts'
import { useWords } from '../words.tsx'

export interface MadePasskey extends Pick<PasskeyResponse, 'response'> {
  /** null when the authenticator has no PRF */
  slot: Slot | null
}

type Created = Awaited<ReturnType<typeof createPasskey>>

interface StepPasskeyProps {
  name: string
  /** why it has to be made again */
  why: unknown
  options: Record<string, unknown>
  master: () => Promise<Bytes>
  onMade: (made: MadePasskey) => void
}

export function StepPasskey({ name, why, options, master, onMade }: StepPasskeyProps) {
  const { t } = useWords()
  const attempt = useAttempt()
  const [created, setCreated] = useState<Created | null>(null)
  const [slot, setSlot] = useState<Slot | null>(null)

  const create = async (): Promise<void> => {
    const passkey = await createPasskey(options, name)
    if (!passkey.hasPrf && !passkey.prfOutput)
      return onMade({ response: passkey.response, slot: null })
    setCreated(passkey)
    if (passkey.prfOutput)
      setSlot(await sealPrfSlot(await master(), passkey.prfOutput, passkey.credentialId))
  }
  const test = async (passkey: Created): Promise<void> => {
    try {
      const { prfOutput } = await evaluatePrf(passkey.rpId, [passkey.credentialId])
      if (!slot) return setSlot(await sealPrfSlot(await master(), prfOutput, passkey.credentialId))
      await openPrfSlot(slot, prfOutput)
      onMade({ response: passkey.response, slot })
    } catch (cause) {
      // It promised a PRF and cannot keep the promise: paper takes its place.
      const broken = cause instanceof Refusal && ['no_prf', 'cannot_open'].includes(cause.code)
      if (!broken) throw cause
      onMade({ response: passkey.response, slot: null })
    }
  }

  return (
    <Door
      title={t(created ? 'staff.join.passkey.test' : 'staff.join.passkey.title')}
      step={t('staff.join.step', { n: 2 })}
    >
      <p>
        {t(
          !created
            ? 'staff.join.passkey.lead'
            : slot
              ? 'staff.join.passkey.test.lead'
              : 'staff.join.passkey.ask.lead',
        )}
      </p>
      <Refused why={attempt.why ?? why} />
      <button
        type="button"
        class="go"
        aria-disabled={attempt.busy}
        onClick={() => attempt.run(() => (created ? test(created) : create()))}
      >
        {t(created ? 'staff.join.passkey.touch' : 'staff.join.passkey.go')}
      </button>
    </Door>
  )
}
