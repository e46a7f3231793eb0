// Unlocks the keys of an open session with the passkey's PRF, or with the passphrase and the
// printed secret.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff/people/people'
import { evaluatePrf } from '../crypto/passkey.ts'
import { openAnyPassphraseSlot } from '../crypto/passphrase-slot.ts'
import { openPrfSlotOf } from '../crypto/prf-slot.ts'
import { useMessages } from '../i18n/messages.tsx'
import { UnsentNotice, type Unsent } from '../session/unsent-drafts.tsx'
import { useAlert } from '../session/use-alert.ts'
import { useCounts } from '../session/use-counts.ts'
import { useTitle, type Listed } from '../session/use-title.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { Field, Form } from '../ui/form.tsx'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { SecretField, useTypedSecret } from '../ui/secret-field.tsx'
import { painted, useAttempt } from '../ui/use-attempt.ts'

interface LockedProps {
  me: Me
  unsent: Unsent
  listed: Listed
  onUnlocked: (master: Bytes) => Promise<void>
  onSignOut: () => void
  onSignedOut: (why: unknown) => void
}

export function Unlock(props: LockedProps) {
  const { me, unsent, listed, onUnlocked, onSignOut, onSignedOut } = props
  const { t } = useMessages()
  const attempt = useAttempt()
  const passkeys = me.slots.flatMap((slot) => slot.credentialId ?? [])
  const byPasskey = async (): Promise<void> => {
    const master = await openPrfSlotOf(me.slots, await evaluatePrf(location.hostname, passkeys))
    if (!master) throw new Refusal('cannot_open')
    await onUnlocked(master)
  }
  return (
    <NarrowPage title={t('staff.locked.title')}>
      <p>{t('staff.locked.lead', { name: me.name })}</p>
      {me.roles.length > 0 && <LockedNews me={me} listed={listed} onSignedOut={onSignedOut} />}
      <UnsentNotice unsent={unsent} />
      <ErrorMessage why={attempt.why} />
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
    </NarrowPage>
  )
}

/**
 * Shows alerts and counts news while the app is locked. A newcomer may not request alerts or
 * counts.
 */
function LockedNews({
  me,
  listed,
  onSignedOut,
}: Pick<LockedProps, 'me' | 'listed' | 'onSignedOut'>) {
  const { t } = useMessages()
  const isUrgent = useAlert(me.roles, onSignedOut).alerts.length > 0
  const { counts } = useCounts(null, onSignedOut)
  useTitle(isUrgent, counts?.arrivals, listed)
  return <div role="status">{isUrgent && <p class="warning">{t('staff.alert.locked')}</p>}</div>
}

interface ByPassphraseProps {
  me: Me
  open: boolean
  onUnlocked: (master: Bytes) => Promise<void>
}

function ByPassphrase({ me, open, onUnlocked }: ByPassphraseProps) {
  const { t } = useMessages()
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
        <ErrorMessage why={attempt.why} />
        <button type="submit" aria-disabled={attempt.busy}>
          {attempt.busy ? t('staff.locked.stretching') : t('staff.locked.open')}
        </button>
      </Form>
    </details>
  )
}
