// Holds the receiver of a handover as a draft, so that the choice survives a lock like the words.
// The choice of a colleague who has left counts as everybody.
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { type useCaseColleagues } from '../../read/colleagues-in-case.ts'

/**
 * @param key         the key of the draft
 * @param colleagues  the people who can be chosen
 * @returns the id of the receiver, empty for everybody; and the function that chooses one
 */
export function useReceiver(
  key: string,
  colleagues: ReturnType<typeof useCaseColleagues>,
): [to: string, choose: (to: string) => void] {
  const isKnown = useWholeLedger() !== null
  const [to, choose] = useDraft(key)
  // Before the verdict about the ledger, nobody is known and nothing can be sent.
  const isThere = !isKnown || colleagues.some(([id]) => id === to)
  return [isThere ? to : '', choose]
}
