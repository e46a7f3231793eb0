// Signing in: one touch. When the authenticator evaluates its PRF in the same gesture, that touch unlocks as well.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { signIn, signInOptions } from '../api/staff-api.ts'
import { askPasskey } from '../keys/passkey.ts'
import { openPrfSlotOf } from '../keys/prf-slot.ts'
import { Door } from '../parts/door.tsx'
import { Refused } from '../parts/refused.tsx'
import { useAttempt } from '../parts/use-attempt.ts'
import { useWords } from '../words.tsx'

interface SignedOutProps {
  why: unknown
  onSignedIn: (me: Me) => void
  onUnlocked: (me: Me, master: Bytes) => Promise<void>
}

export function SignedOut({ why, onSignedIn, onUnlocked }: SignedOutProps) {
  const { t } = useWords()
  const attempt = useAttempt()
  const enter = async (): Promise<void> => {
    const challenge = await signInOptions()
    const passkey = await askPasskey(challenge.options)
    const me = await signIn(challenge.challengeId, passkey.response)
    const master = await openPrfSlotOf(me.slots, passkey)
    if (!master) return onSignedIn(me)
    try {
      await onUnlocked(me, master)
    } catch (cause) {
      // The session stands; the unlock screen offers the other slot.
      if (cause instanceof Refusal) return onSignedIn(me)
      throw cause
    }
  }
  return (
    <Door title={t('staff.title')}>
      <p>{t('staff.signin.lead')}</p>
      <Refused why={attempt.why ?? why} />
      <button type="button" class="go" disabled={attempt.busy} onClick={() => attempt.run(enter)}>
        {attempt.busy ? t('staff.signin.waiting') : t('staff.signin.go')}
      </button>
      <p class="hint">{t('staff.signin.hint')}</p>
    </Door>
  )
}
