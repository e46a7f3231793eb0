// Inviting a colleague. The link is shown once and never stored; whoever has it first joins, so it is said or shown, not posted.
import { useEffect, useRef, useState } from 'preact/hooks'
import { INVITATION_DAYS } from '#protocol/invitation'
import { ROLES, type Role } from '#protocol/staff'
import { dayAfter } from '../ages.ts'
import { createInvitation } from '../api/staff-api.ts'
import { invitationLink, makeInvitation } from '../keys/invite.ts'
import { signChange } from '../keys/sign-change.ts'
import { Refused } from '../parts/refused.tsx'
import { useWords } from '../words.tsx'
import { useDesk, useDeskAttempt } from './desk-context.ts'
import { NewLink } from './new-link.tsx'

interface InviteRoomProps {
  /** undefined for somebody who has no list to go back to */
  onBack: (() => void) | undefined
}

export function InviteRoom({ onBack }: InviteRoomProps) {
  const { t } = useWords()
  const { me, keys } = useDesk()
  const attempt = useDeskAttempt()
  const [chosen, setChosen] = useState<readonly Role[]>([])
  const [link, setLink] = useState<{ address: string; until: string } | null>(null)

  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const create = async (): Promise<void> => {
    const { secret, change } = await makeInvitation(keys, me, [...chosen])
    const now = Date.now()
    await createInvitation(
      await signChange(
        keys,
        { action: 'invitation.create', subject: change.tokenHash, change },
        now,
      ),
    )
    setLink({
      address: invitationLink(location.origin, secret),
      until: dayAfter(now, INVITATION_DAYS),
    })
  }
  const again = (): void => {
    setLink(null)
    setChosen([])
  }
  const toggle = (role: Role): void =>
    setChosen(chosen.includes(role) ? chosen.filter((each) => each !== role) : [...chosen, role])

  return (
    <main class="room">
      {onBack && (
        <button type="button" class="back" onClick={onBack}>
          {t('staff.back')}
        </button>
      )}
      <h2 ref={heading} tabIndex={-1}>
        {t('staff.invite.title')}
      </h2>
      {link ? (
        <NewLink {...link} onAgain={again} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            attempt.run(create)
          }}
        >
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
          <button type="submit" class="go" disabled={attempt.busy || chosen.length === 0}>
            {t('staff.invite.go')}
          </button>
        </form>
      )}
    </main>
  )
}
