// Signing in: one touch. When the authenticator evaluates its PRF in the same gesture, that touch unlocks as well.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { signIn, signInOptions } from '../api/staff-api.ts'
import { askPasskey } from '../keys/passkey.ts'
import { openPrfSlotOf } from '../keys/prf-slot.ts'
import { Door } from '../parts/door.tsx'
import { Refused } from '../parts/refused.tsx'
import { UnsentLine } from '../parts/unsent-line.tsx'
import { useAttempt } from '../parts/use-attempt.ts'
import { type Unsent } from '../unsent-words.ts'
import { useWords } from '../words.tsx'

/** `open`: it could not be ended, so whoever takes this device is still signed in, without keys. */
export type Session = 'ended' | 'ending' | 'open'

interface SignedOutProps {
  why: unknown
  session: Session
  unsent: Unsent
  onSignOut: () => void
  onSignedIn: (me: Me) => void
  onUnlocked: (me: Me, master: Bytes) => Promise<void>
}

export function SignedOut(props: SignedOutProps) {
  const { why, session, unsent, onSignOut, onSignedIn, onUnlocked } = props
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
      <UnsentLine unsent={unsent} />
      <p role="status">{session === 'ending' && t('staff.signout.ending')}</p>
      {session === 'open' && (
        <>
          <p class="refused" role="alert">
            {t('staff.signout.failed')}
          </p>
          <button type="button" onClick={onSignOut}>
            {t('staff.signout')}
          </button>
        </>
      )}
      <Refused why={attempt.why ?? why} />
      <button
        type="button"
        class="go"
        disabled={session === 'ending'}
        aria-disabled={attempt.busy}
        onClick={() => attempt.run(enter)}
      >
        {attempt.busy ? t('staff.signin.waiting') : t('staff.signin.go')}
      </button>
      <p class="hint">{t('staff.signin.hint')}</p>
    </Door>
  )
}
