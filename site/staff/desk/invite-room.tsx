// Inviting a colleague. The link is shown once and never stored; whoever has it first joins, so it is said or shown, not posted.
import { useEffect, useRef, useState } from 'preact/hooks'
import { INVITATION_DAYS } from '#protocol/invitation'
import { ROLES, type Role } from '#protocol/staff'
import { dayAfter } from '../ages.ts'
import { sendSigned } from '../api/send-signed.ts'
import { createInvitation } from '../api/staff-api.ts'
import { invitationLink, makeInvitation } from '../keys/invite.ts'
import { Form } from '../parts/form.tsx'
import { Refused } from '../parts/refused.tsx'
import { useLeaveWarning } from '../parts/use-leave-warning.ts'
import { useWords } from '../words.tsx'
import { useDesk, useDeskAttempt } from './desk-context.ts'
import { LetGo } from './let-go.tsx'
import { NewLink } from './new-link.tsx'
import { type Standing } from './use-place.ts'

interface InviteRoomProps {
  standing: Standing
  /** false for somebody who has no list to go back to */
  hasList: boolean
}

export function InviteRoom({ standing, hasList }: InviteRoomProps) {
  const { t } = useWords()
  const { me, keys } = useDesk()
  const attempt = useDeskAttempt()
  const [chosen, setChosen] = useState<readonly Role[]>([])
  const [link, setLink] = useState<{ address: string; until: string } | null>(null)

  /** what is done when the person lets the link go */
  const [letGo, setLetGo] = useState<(() => void) | null>(null)

  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [link])
  useLeaveWarning(() => link !== null)
  useEffect(() => {
    const ask = (): boolean => {
      setLetGo(() => standing.home)
      return false
    }
    standing.guard(link && ask)
    return () => standing.guard(null)
  }, [link])

  const create = async (): Promise<void> => {
    const { secret, change } = await makeInvitation(keys, me, [...chosen])
    await sendSigned(
      keys,
      { action: 'invitation.create', subject: change.tokenHash, change },
      createInvitation,
    )
    setLink({
      address: invitationLink(location.origin, secret),
      until: dayAfter(Date.now(), INVITATION_DAYS),
    })
  }
  const forget = (next: () => void): void => {
    standing.guard(null)
    setLetGo(null)
    setLink(null)
    setChosen([])
    next()
  }
  const toggle = (role: Role): void =>
    setChosen(chosen.includes(role) ? chosen.filter((each) => each !== role) : [...chosen, role])

  return (
    <main class="room">
      {hasList && (
        <button type="button" class="back" onClick={standing.home}>
          {t('staff.back')}
        </button>
      )}
      <h2 ref={heading} tabIndex={-1}>
        {t('staff.invite.title')}
      </h2>
      {link ? (
        <>
          {letGo && <LetGo onStay={() => setLetGo(null)} onGo={() => forget(letGo)} />}
          <NewLink {...link} onAgain={() => setLetGo(() => () => undefined)} />
        </>
      ) : (
        <Form onSubmit={() => attempt.run(create)}>
          <fieldset>
            <legend>{t('staff.invite.roles')}</legend>
            {ROLES.map((role) => {
              // The intake key can be handed on only by somebody who holds it.
              const out = role === 'intake' && me.intake.length === 0
              return (
                <label key={role} class="choice">
                  <input
                    type="checkbox"
                    checked={chosen.includes(role)}
                    disabled={out}
                    onChange={() => toggle(role)}
                  />
                  <span>
                    <b>{t(`staff.role.${role}`)}</b>
                    <small>{t(out ? 'staff.invite.no_intake' : `staff.role.${role}.means`)}</small>
                  </span>
                </label>
              )
            })}
          </fieldset>
          <Refused why={attempt.why} />
          <button
            type="submit"
            class="go"
            disabled={chosen.length === 0}
            aria-disabled={attempt.busy}
          >
            {t('staff.invite.go')}
          </button>
        </Form>
      )}
    </main>
  )
}
