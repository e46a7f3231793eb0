import { useMessages } from '../i18n/messages.tsx'
import { localDayInDigits } from '../i18n/dates.ts'
import { membersWho } from '../ledger/read-roster.ts'
import { readRows } from '../ledger/read-rows.ts'
import { type WholeLedger } from '../ledger/verify-ledger.ts'
import { useSessionContext } from '../session/session-context.ts'
import { RemoveColleague } from './remove-colleague.tsx'

interface ColleaguesProps {
  ledger: WholeLedger
  nameOf: (id: string) => string
  /**
   * @param heldKeys  true for a reader, after whose departure the shared keys must change
   */
  onRemoved: (name: string, heldKeys: boolean) => void
}

/**
 * Lists the confirmed people with their roles and the day on which they were confirmed or
 * certified.
 */
export function Colleagues({ ledger, nameOf, onRemoved }: ColleaguesProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const confirmed = membersWho(ledger.roster, 'confirmed')
  const { people } = ledger.roster
  const since = daysOfConfirmation(ledger)
  return (
    <section class="card" aria-labelledby="colleagues-title">
      <header>
        <h3 id="colleagues-title">{t('staff.people.colleagues', { n: confirmed.length })}</h3>
      </header>
      <ul class="rows">
        {confirmed.map(({ id, roles, confirmedBy }) => (
          <li key={id} class="colleague">
            <p>
              <b dir="auto">{nameOf(id)}</b>
              {id === keys.personId && <span class="mark">{t('staff.people.you')}</span>}
            </p>
            <ul class="roles">
              {roles.map((role) => (
                <li key={role}>
                  {t(`staff.role.${role}`)}: <small>{t(`staff.role.${role}.means`)}</small>
                </li>
              ))}
            </ul>
            {people.get(confirmedBy ?? '')?.state === 'removed' && (
              <p class="warning">{t('staff.people.look_again')}</p>
            )}
            <p class="hint">{t('staff.people.since', { day: since.get(id) ?? '' })}</p>
            {id !== keys.personId && (
              <RemoveColleague
                roster={ledger.roster}
                id={id}
                name={nameOf(id)}
                onRemoved={() => onRemoved(nameOf(id), roles.includes('intake'))}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const daysOfConfirmation = ({ rows }: WholeLedger): Map<string, string> =>
  new Map(
    readRows(rows)
      .filter(({ action }) => action === 'person.confirm' || action === 'person.certify')
      .map(({ subject, at }) => [subject, localDayInDigits(at)]),
  )
