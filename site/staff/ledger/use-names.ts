// Returns the names of the people in the ledger, and marks a name that nobody has signed. No other
// part of the app shows a colleague's name. The ledger contains no names, so a former colleague no
// longer has a name.
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { useSeenLedger } from './ledger-context.ts'
import type { ReadRow } from './read-rows.ts'

const ABOUT_PEOPLE: readonly ReadRow['action'][] = [
  'person.certify',
  'person.join',
  'person.confirm',
  'person.refuse',
  'person.remove',
  'person.rekey',
  'person.rename',
  'keeper.certify',
]

export const isPersonRow = ({ action }: ReadRow): boolean => ABOUT_PEOPLE.includes(action)

/**
 * Returns the function that returns the name of the root and of each person, by id.
 *
 * @param absent  the words for a person without a name
 */
export function useNames(absent: MessageKey = 'staff.ledger.nobody'): (id: string) => string {
  const { t } = useMessages()
  const { ledger, names } = useSeenLedger()
  return (id) => {
    const { name, isProven } = names.get(id) ?? {}
    if (id === ledger?.rootId) return t('staff.ledger.root')
    if (name === undefined) return t(absent)
    // The mark comes first, because a made-up name could contain characters that hide what follows.
    return isProven ? name : t('staff.names.unproven', { name })
  }
}
