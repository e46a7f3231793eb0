// Signs in with the printed secret and the passphrase, for a person whose passkey is lost. The same
// input also unlocks the keys, so that the person types everything only once.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type Me } from '#protocol/staff/people/people'
import { postPaperSignIn } from '../api/session-api.ts'
import { paperEntry } from '../crypto/passphrase-slot.ts'
import { Field, Form } from '../ui/form.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { SecretField, useTypedSecret } from '../ui/secret-field.tsx'
import { painted, useAttempt } from '../ui/use-attempt.ts'
import { useMessages } from '../i18n/messages.tsx'

interface SignInByPaperProps {
  onUnlocked: (me: Me, master: Bytes) => Promise<void>
}

export function SignInByPaper({ onUnlocked }: SignInByPaperProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [passphrase, setPassphrase] = useState('')
  const typed = useTypedSecret()
  const enter = async (): Promise<void> => {
    const secret = await typed.read()
    if (!secret) return
    await painted()
    const { signIn, open } = await paperEntry(passphrase, secret)
    const me = await postPaperSignIn(signIn)
    await onUnlocked(me, await open(me.slots))
  }
  return (
    <details>
      <summary>{t('staff.signin.paper')}</summary>
      <p>{t('staff.signin.paper.lead')}</p>
      <Form onSubmit={() => attempt.run(enter)}>
        <Field label={t('staff.passphrase')} value={passphrase} onInput={setPassphrase} secret />
        <SecretField typed={typed} />
        <ErrorMessage why={attempt.why} />
        <button type="submit" aria-disabled={attempt.busy}>
          {attempt.busy ? t('staff.locked.stretching') : t('staff.signin.paper.go')}
        </button>
      </Form>
    </details>
  )
}
