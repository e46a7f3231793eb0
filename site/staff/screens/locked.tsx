// The session stands, the keys are away. Opened by the passkey's PRF, or by the passphrase with the printed secret.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { openAnyPassphraseSlot } from '../keys/passphrase-slot.ts'
import { evaluatePrf } from '../keys/passkey.ts'
import { openPrfSlotOf } from '../keys/prf-slot.ts'
import { Door } from '../parts/door.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Refused } from '../parts/refused.tsx'
import { SecretField, useTypedSecret } from '../parts/secret-field.tsx'
import { UnsentLine } from '../parts/unsent-line.tsx'
import { painted, useAttempt } from '../parts/use-attempt.ts'
import { type Unsent } from '../unsent-words.ts'
import { useWords } from '../words.tsx'

interface LockedProps {
  me: Me
  unsent: Unsent
  onUnlocked: (master: Bytes) => Promise<void>
  onSignOut: () => void
}

export function Locked({ me, unsent, onUnlocked, onSignOut }: LockedProps) {
  const { t } = useWords()
  const attempt = useAttempt()
  const passkeys = me.slots.flatMap((slot) => slot.credentialId ?? [])
  const byPasskey = async (): Promise<void> => {
    const master = await openPrfSlotOf(me.slots, await evaluatePrf(location.hostname, passkeys))
    if (!master) throw new Refusal('cannot_open')
    await onUnlocked(master)
  }
  return (
    <Door title={t('staff.locked.title')}>
      <p>{t('staff.locked.lead', { name: me.name })}</p>
      <UnsentLine unsent={unsent} />
      <Refused why={attempt.why} />
      {passkeys.length > 0 && (
        <button
          type="button"
          class="go"
          aria-disabled={attempt.busy}
          onClick={() => attempt.run(byPasskey)}
        >
          {t('staff.locked.passkey')}
        </button>
      )}
      <ByPassphrase me={me} open={passkeys.length === 0} onUnlocked={onUnlocked} />
      <button type="button" class="plain" onClick={onSignOut}>
        {t('staff.signout')}
      </button>
    </Door>
  )
}

interface ByPassphraseProps {
  me: Me
  open: boolean
  onUnlocked: (master: Bytes) => Promise<void>
}

function ByPassphrase({ me, open, onUnlocked }: ByPassphraseProps) {
  const { t } = useWords()
  const attempt = useAttempt()
  const [passphrase, setPassphrase] = useState('')
  const typed = useTypedSecret()
  const unlock = async (): Promise<void> => {
    const secret = await typed.read()
    if (!secret) return
    await painted()
    await onUnlocked(await openAnyPassphraseSlot(me.slots, passphrase, secret))
  }
  return (
    <details open={open}>
      <summary>{t('staff.locked.passphrase')}</summary>
      <Form onSubmit={() => attempt.run(unlock)}>
        <Field label={t('staff.passphrase')} value={passphrase} onInput={setPassphrase} secret />
        <SecretField typed={typed} />
        <Refused why={attempt.why} />
        <button type="submit" aria-disabled={attempt.busy}>
          {attempt.busy ? t('staff.locked.stretching') : t('staff.locked.open')}
        </button>
      </Form>
    </details>
  )
}
