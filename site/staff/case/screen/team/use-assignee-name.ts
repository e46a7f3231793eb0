import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { useSessionContext } from '../../../session/session-context.ts'

/** Returns the name of the person who has a case: "You", a colleague, or a former colleague. */
export function useAssigneeName(): (id: string) => string {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const nameOf = useNames()
  return (id) => (id === keys.personId ? t('staff.assign.me') : nameOf(id))
}
