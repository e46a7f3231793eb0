// Asks the person to touch the passkey, or to use the sheet with its passphrase. Either way proves
// to the edge that the person is present. The sheet, or a passkey with PRF, also yields the master
// key for a moment.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Slot } from '#protocol/staff/people/slots'
import { fetchProofOptions, postPaperProof, postProof } from '../api/session-api.ts'
import { askPasskey } from '../crypto/passkey.ts'
import { paperEntry } from '../crypto/passphrase-slot.ts'
import { openPrfSlotOf } from '../crypto/prf-slot.ts'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Field, Form } from '../ui/form.tsx'
import { SecretField, useTypedSecret } from '../ui/secret-field.tsx'
import { painted } from '../ui/use-attempt.ts'
import { useSessionAttempt } from './session-context.ts'

interface ProvePresenceProps {
  /** the reason for asking */
  lead: string
  slots: Slot[]
  /** receives the master key, 32 bytes, and wipes it; null when the passkey opens no slot */
  onProven: (master: Bytes | null) => Promise<void>
  onCancel: () => void
}

export function ProvePresence({ lead, slots, onProven, onCancel }: ProvePresenceProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => question.current?.focus(), [])
  const byPasskey = async (): Promise<void> => {
    const { challengeId, options } = await fetchProofOptions()
    const touched = await askPasskey(options)
    await postProof(challengeId, touched.response)
    await onProven(await openPrfSlotOf(slots, touched))
  }
  return (
    <div class="note proof" role="group" aria-label={t('staff.proof.title')}>
      <p ref={question} tabIndex={-1}>
        {lead}
      </p>
      <ErrorMessage why={attempt.why} />
      <div class="verbs">
        <button
          type="button"
          class="go"
          aria-disabled={attempt.busy}
          onClick={() => attempt.run(byPasskey)}
        >
          {t(attempt.busy ? 'staff.signin.waiting' : 'staff.proof.passkey')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.people.not_yet')}
        </button>
      </div>
      <ProveByPaper slots={slots} onProven={onProven} />
    </div>
  )
}

/** Throws Refusal `no_prf` for a passkey that does not open a slot. */
export function requireMaster(master: Bytes | null): Bytes {
  if (!master) throw new Refusal('no_prf')
  return master
}

function ProveByPaper({ slots, onProven }: Pick<ProvePresenceProps, 'slots' | 'onProven'>) {
  const { t } = useMessages()
  return (
    <details>
      <summary>{t('staff.proof.paper')}</summary>
      <PaperProof slots={slots} go={t('staff.proof.paper.go')} onProven={onProven} />
    </details>
  )
}

interface PaperProofProps {
  /** the slots, one of which the sheet must open */
  slots: Slot[]
  go: string
  onProven: (master: Bytes) => Promise<void>
  /** a button beside the one that submits */
  children?: ComponentChildren
}

/** Proves presence with a sheet, which must also open a slot on this device. */
export function PaperProof({ slots, go, onProven, children }: PaperProofProps) {
  const { t } = useMessages()
  const attempt = useSessionAttempt()
  const [passphrase, setPassphrase] = useState('')
  const typed = useTypedSecret()
  const prove = async (): Promise<void> => {
    const secret = await typed.read()
    if (!secret) return
    await painted()
    const { signIn, open } = await paperEntry(passphrase, secret)
    const master = await open(slots)
    await postPaperProof(signIn)
    await onProven(master)
  }
  return (
    <Form onSubmit={() => attempt.run(prove)}>
      <Field label={t('staff.passphrase')} value={passphrase} onInput={setPassphrase} secret />
      <SecretField typed={typed} />
      <ErrorMessage why={attempt.why} />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={attempt.busy}>
          {attempt.busy ? t('staff.locked.stretching') : go}
        </button>
        {children}
      </div>
    </Form>
  )
}
