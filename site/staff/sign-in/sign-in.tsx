// Signs in with a single touch. If the authenticator evaluates its PRF in the same gesture, that
// touch also unlocks the keys.
import { type Bytes } from '#protocol/bytes'
import { isRefusalOf, Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff/people/people'
import { postSignIn, fetchSignInOptions } from '../api/session-api.ts'
import { askPasskey, signalUnknown } from '../crypto/passkey.ts'
import { openPrfSlotOf } from '../crypto/prf-slot.ts'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { UnsentNotice, type Unsent } from '../session/unsent-drafts.tsx'
import { useAttempt } from '../ui/use-attempt.ts'
import { useMessages } from '../i18n/messages.tsx'
import { SignInByPaper } from './sign-in-paper.tsx'

/**
 * `open`: the session could not be ended, so the device's next user would be signed in, but without
 * keys.
 */
export type SessionState = 'ended' | 'ending' | 'open'

interface SignedOutProps {
  why: unknown
  session: SessionState
  unsent: Unsent
  /** opens the screen for typing an invitation that a colleague reads out */
  onCode: () => void
  onHelp: () => void
  onSignOut: () => void
  onSignedIn: (me: Me) => void
  onUnlocked: (me: Me, master: Bytes) => Promise<void>
}

export function SignInPage(props: SignedOutProps) {
  const { why, session, unsent, onCode, onHelp, onSignOut, onSignedIn, onUnlocked } = props
  const { t } = useMessages()
  const attempt = useAttempt()
  const enter = async (): Promise<void> => {
    const challenge = await fetchSignInOptions()
    const passkey = await askPasskey(challenge.options)
    const me = await postSignIn(challenge.challengeId, passkey.response).catch(
      (thrown: unknown) => {
        if (isRefusalOf(thrown, 'passkey_unknown'))
          signalUnknown(location.hostname, passkey.credentialId)
        throw thrown
      },
    )
    const master = await openPrfSlotOf(me.slots, passkey)
    if (!master) {
      onSignedIn(me)
      return
    }
    try {
      await onUnlocked(me, master)
    } catch (cause) {
      // The session is still open, and the unlock screen offers the other slots.
      if (cause instanceof Refusal) {
        onSignedIn(me)
        return
      }
      throw cause
    }
  }
  return (
    <NarrowPage title={t('staff.title')}>
      <p>{t('staff.signin.lead')}</p>
      <UnsentNotice unsent={unsent} />
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
      <ErrorMessage why={attempt.why ?? why} />
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
      <SignInByPaper onUnlocked={onUnlocked} />
      <div class="verbs">
        <button type="button" onClick={onCode}>
          {t('staff.signin.code')}
        </button>
        <button type="button" onClick={onHelp}>
          {t('staff.screen.help')}
        </button>
      </div>
    </NarrowPage>
  )
}
