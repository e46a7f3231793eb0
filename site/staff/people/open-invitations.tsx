import { type ErrorCode } from '#protocol/errors'
import { type InvitationOffer, type Roster } from '#protocol/staff/ledger/roster-state'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { openOffers } from '../ledger/read-roster.ts'
import { ActionResult } from '../session/action-result.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { sendInvitationEnd } from './send-confirmation.ts'

interface OpenInvitationsProps {
  roster: Roster
  nameOf: (id: string) => string
  canWithdraw: boolean
}

/** The invitation has been used or withdrawn in the meantime. */
const TOO_LATE: readonly ErrorCode[] = ['invitation_unknown']

/** Lists the invitations that can still be used. */
export function OpenInvitations({ roster, nameOf, canWithdraw }: OpenInvitationsProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const action = useAction(verify, TOO_LATE)
  const offers = openOffers(roster, Date.now())
  const withdraw = (tokenHash: string): void =>
    action.run(async () => {
      await sendInvitationEnd(keys, tokenHash)
      focusSoon('invitations-title')
    })
  const factsOf = ({ createdBy, expiresAt }: InvitationOffer) => ({
    by: createdBy === roster.rootId ? t('staff.ledger.root') : nameOf(createdBy),
    at: momentInDigits(new Date(expiresAt).toISOString()),
  })
  return (
    <section class="card" aria-labelledby="invitations-title">
      <header>
        <h3 id="invitations-title" tabIndex={-1}>
          {t('staff.people.invitations', { n: offers.length })}
        </h3>
      </header>
      <ul class="rows">
        {offers.map(([tokenHash, offer]) => (
          <li key={tokenHash}>
            <p>
              <b>{offer.roles.map((role) => t(`staff.role.${role}`)).join(', ')}</b>
            </p>
            <p class="hint" dir="auto" id={`invitation-${tokenHash}`}>
              {t('staff.people.invitation', factsOf(offer))}
            </p>
            {canWithdraw && (
              <button
                type="button"
                aria-disabled={action.busy}
                aria-describedby={`invitation-${tokenHash}`}
                onClick={() => withdraw(tokenHash)}
              >
                {t('staff.people.withdraw')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ActionResult action={action} done={t('staff.people.withdrawn')} />
    </section>
  )
}
