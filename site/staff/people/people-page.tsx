// Shows the staff in the replayed ledger, the people who are waiting for a confirmation, and the
// open invitations. Names come from the table, and are marked unless they match the ledger.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { holdsRole, membersWho } from '../ledger/read-roster.ts'
import { useNames } from '../ledger/use-names.ts'
import { useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { Colleagues } from './colleagues.tsx'
import { type Outcome } from './confirm-newcomer.tsx'
import { LeftCasesCard } from './left-cases.tsx'
import { NewcomerCard } from './newcomer-card.tsx'
import { OpenInvitations } from './open-invitations.tsx'

interface PeoplePageProps {
  /** false for a person who has no list to return to */
  hasList: boolean
  onBack: () => void
  /** shows the keys, which change after a departure; null for a person who is not a reader */
  onRemoved: (() => void) | null
  /** null for a person who may not invite */
  onInvite: (() => void) | null
}

export function PeoplePage({ hasList, onBack, onRemoved, onInvite }: PeoplePageProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { ledger, why, verify } = useSeenLedger()
  const nameOf = useNames()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  // Refreshes when the screen opens, because a colleague may be waiting on the telephone.
  useEffect(() => void verify(), [])
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const isReader = roster !== null && holdsRole(roster, keys.personId, 'intake')
  const settle = (next: Outcome): void => {
    setOutcome(next)
    // The card has disappeared, so the focus moves to the title.
    heading.current?.focus()
  }
  return (
    <main class="screen people">
      {hasList && (
        <button type="button" class="back" onClick={onBack}>
          {t('staff.back')}
        </button>
      )}
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('staff.people.title')}
        </h2>
        {onInvite && (
          <button type="button" onClick={onInvite}>
            {t('staff.people.invite')}
          </button>
        )}
      </header>
      <p role="status">
        {!ledger && why === null && t('staff.ledger.checking')}
        {outcome && t(`staff.people.${outcome.as}`, { name: outcome.name })}
      </p>
      <ErrorMessage why={ledger ? null : why} />
      {ledger && !roster && <p>{t('staff.ledger.off')}</p>}
      {roster && ledger?.is === 'whole' && (
        <>
          {membersWho(roster, 'waiting').map((member) => (
            <NewcomerCard
              key={member.id}
              roster={roster}
              member={member}
              name={nameOf(member.id)}
              canConfirm={isReader}
              onSettled={settle}
            />
          ))}
          {isReader && <LeftCasesCard />}
          <Colleagues
            ledger={ledger}
            nameOf={nameOf}
            onRemoved={(name, heldKeys) => {
              settle({ as: 'removed', name })
              if (heldKeys) onRemoved?.()
            }}
          />
          <OpenInvitations roster={roster} nameOf={nameOf} canWithdraw={onInvite !== null} />
        </>
      )}
    </main>
  )
}
