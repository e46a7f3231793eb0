// Provides the action of taking a case, for the button at the head of the case and for replies. A
// reply can also take the case.
import { useWholeLedger } from '../../ledger/ledger-context.ts'
import { holdsRole } from '../../ledger/read-roster.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { isGivenTo } from '../read/is-given.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { canTake, isUntaken, takeCase } from './take-case.ts'
import { useCaseWriter, useReplier } from './use-case-writer.ts'

export interface CaseTaking {
  /** true unless the person has already taken the case and it is in progress */
  canTake: boolean
  /** true while nobody is working on the case, or this person has not taken it yet */
  isUntaken: boolean
  /** true when taking the case also makes the person its holder */
  assigns: boolean
  /** true when the person will have the case afterwards */
  makesOwn: boolean
  /** @throws Refusal the codes of takeCase */
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
