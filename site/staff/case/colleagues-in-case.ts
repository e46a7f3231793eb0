// Lists the colleagues who can work on cases, for lists to choose from.
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { membersWho } from '../ledger/read-roster.ts'

/** Returns the name of a person; the roster decides who is staff, and the table names them. */
export function useNameOf(): (id: string) => string {
  const { t } = useMessages()
  const { names } = useSeenLedger()
  return (id) => names.get(id) ?? t('staff.ledger.nobody')
}

/** Returns the id and the name of every reader and caseworker, in the order of names. */
export function useCaseColleagues(): (readonly [id: string, name: string])[] {
  const whole = useWholeLedger()
  const nameOf = useNameOf()
  const members = whole ? membersWho(whole.roster, 'confirmed') : []
  return members
    .filter(({ roles }) => roles.includes('intake') || roles.includes('caseworker'))
    .map(({ id }) => [id, nameOf(id)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b))
}
