// Provides the taking of a case, for the button at its head and for a reply that also takes it.
import { useWholeLedger } from '../../ledger/ledger-context.ts'
import { holdsRole } from '../../ledger/read-roster.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { isGivenTo } from '../read/is-given.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { canTake, isUntaken, takeCase } from './take-case.ts'
import { useCaseWriter, useReplier } from './use-case-writer.ts'

export interface CaseTaking {
  /** true while the person does not have the case in progress, or has not taken it */
  canTake: boolean
  /** true while nobody works on the case, or the person has not taken it */
  isUntaken: boolean
  /** true when the person is also made the holder */
  assigns: boolean
  /** true when the person has the case afterwards */
  makesOwn: boolean
  /** @throws Refusal as takeCase does */
  take: () => Promise<void>
}

export function useTake(loaded: LoadedReport): CaseTaking {
  const { keys } = useSessionContext()
  const roster = useWholeLedger()?.roster
  const [writer, replier] = [useCaseWriter(), useReplier()]
  const me = keys.personId
  const assigns = roster !== undefined && holdsRole(roster, me, 'intake')
  const { item } = loaded
  return {
    canTake: assigns ? canTake(item, me) : item.status !== 'in_progress' || isGivenTo(item, me),
    isUntaken: assigns ? isUntaken(item, me) : item.status === 'new' || isGivenTo(item, me),
    assigns,
    makesOwn: assigns || item.assignee === me,
    take: () => takeCase(assigns ? writer() : replier(), loaded, assigns),
  }
}
