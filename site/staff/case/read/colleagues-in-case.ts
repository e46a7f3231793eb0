// Lists the colleagues who can work on cases, for a colleague to choose from.
import { useWholeLedger } from '../../ledger/ledger-context.ts'
import { membersWho } from '../../ledger/read-roster.ts'
import { useNames } from '../../ledger/use-names.ts'

/** Returns the id and name of every reader and caseworker, sorted by name. */
export function useCaseColleagues(): (readonly [id: string, name: string])[] {
  const whole = useWholeLedger()
  const nameOf = useNames()
  const members = whole ? membersWho(whole.roster, 'confirmed') : []
  return members
    .filter(({ roles }) => roles.includes('intake') || roles.includes('caseworker'))
    .map(({ id }) => [id, nameOf(id)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b))
}
