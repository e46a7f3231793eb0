import { useMessages } from '../../i18n/messages.tsx'
import { useSeenLedger } from '../../ledger/ledger-context.ts'
import { useSessionContext } from '../../session/session-context.ts'

/** Returns the name of the person who has a case: "You", a colleague, or somebody who has left. */
export function useAssigneeName(): (id: string) => string {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { names } = useSeenLedger()
  return (id) =>
    (id === keys.personId ? t('staff.assign.me') : names.get(id)) ?? t('staff.assign.left')
}
