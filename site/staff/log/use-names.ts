// Names the people of the ledger. The ledger holds no names, so a person whose row was deleted has
// none any more.
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { type ReadRow } from '../ledger/read-rows.ts'

const ABOUT_PEOPLE: readonly ReadRow['action'][] = [
  'person.certify',
  'person.join',
  'person.confirm',
  'person.refuse',
  'person.remove',
  'person.rekey',
  'keeper.certify',
]

export const isPersonRow = ({ action }: ReadRow): boolean => ABOUT_PEOPLE.includes(action)

/** Returns what names the root and the people, by id. */
export function useNames(): (id: string) => string {
  const { t } = useMessages()
  const { ledger, names } = useSeenLedger()
  return (id) =>
    id === ledger?.rootId ? t('staff.ledger.root') : (names.get(id) ?? t('staff.ledger.nobody'))
}
