// Invites a colleague. The link is shown once and never stored. The first person to use the link
// joins, so the admin reads it out or shows it in person.
import { useLayoutEffect, useState } from 'preact/hooks'
import { ROLES, type Role } from '#protocol/staff/fields'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { invitationLink } from '../crypto/invitation-link.ts'
import { makeInvitation, signedInvitation } from '../crypto/invite.ts'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { useLeaveWarning, type Navigation } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ConfirmLeave } from '../ui/confirm-leave.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Form } from '../ui/form.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { InvitationLink, type MadeLink } from './invitation-link.tsx'

interface InvitePageProps {
  navigation: Navigation
  /** false for a person who has no list to return to */
  hasList: boolean
}

export function InvitePage({ navigation, hasList }: InvitePageProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const isWhole = useWholeLedger() !== null
  const proof = useProof()
  const [chosen, setChosen] = useState<readonly Role[]>([])
  const [link, setLink] = useState<MadeLink | null>(null)

  /** the action that runs once the person discards the link */
  const [letGo, setLetGo] = useState<(() => void) | null>(null)

  useLeaveWarning(() => link !== null)
  // Runs before anything is drawn, because the person may press Back immediately.
  useLayoutEffect(() => {
    const ask = (): boolean => {
      setLetGo(() => navigation.home)
      return false
    }
    navigation.guard(link && ask)
    return () => navigation.guard(null)
  }, [link])

  const create = async (): Promise<void> => {
    const invitation = await makeInvitation([...chosen], Date.now())
    const { change } = invitation
    const row = { action: 'invitation.create', subject: change.tokenHash, change } as const
    await sendSigned(keys, row, async (signed) => {
      await sendAction('invitation.create', signed)
      const made = await signedInvitation(invitation, signed)
      setLink({
        invitation: made,
        address: invitationLink(location.origin, made),
        until: momentInDigits(new Date(change.expiresAt).toISOString()),
      })
    })
    void verify()
  }
  const forget = (next: () => void): void => {
    navigation.guard(null)
    setLetGo(null)
    setLink(null)
    setChosen([])
    next()
  }
  const toggle = (role: Role): void =>
    setChosen(chosen.includes(role) ? chosen.filter((each) => each !== role) : [...chosen, role])

  return (
    <ScreenPage
      title={t('staff.invite.title')}
      onBack={hasList ? navigation.home : null}
      state={link ? 'link' : 'choice'}
    >
      {link ? (
        <>
          {letGo && <ConfirmLeave onStay={() => setLetGo(null)} onGo={() => forget(letGo)} />}
          <InvitationLink {...link} onAgain={() => setLetGo(() => () => undefined)} />
        </>
      ) : (
        <Form onSubmit={() => proof.run(create)}>
          <fieldset>
            <legend>{t('staff.invite.roles')}</legend>
            {ROLES.map((role) => (
              <label key={role} class="choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(role)}
                  onChange={() => toggle(role)}
                />
                <span>
                  <b>{t(`staff.role.${role}`)}</b>
                  <small>{t(`staff.role.${role}.means`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          {!isWhole && <p class="hint">{t('staff.ledger.off')}</p>}
          <ErrorMessage why={proof.why} />
          <button
            type="submit"
            class="go"
            disabled={chosen.length === 0 || !isWhole}
            aria-disabled={proof.busy}
          >
            {t('staff.invite.go')}
          </button>
        </Form>
      )}
      {!link && proof.question}
    </ScreenPage>
  )
}
