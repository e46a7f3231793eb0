// Returns the names of the people in the ledger, and marks a name that was not signed. No other
// part of the app shows a colleague's name. The ledger contains no names, so there may be no name
// to show for a former colleague.
import type { Role } from '#protocol/staff/fields'
import { memberNumber } from '#protocol/staff/ledger/roster-state'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
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

/** The roles in order of preference, for describing a person with several roles. */
const MAIN_ROLE: readonly Role[] = ['intake', 'caseworker', 'admin']

export const isPersonRow = ({ action }: ReadRow): boolean => ABOUT_PEOPLE.includes(action)

/**
 * Returns a function that maps the id of the root or of a person to a name. A person who has left
 * is shown by name while this browser can open the name, and otherwise by number.
 */
export function useNames(): (id: string) => string {
  const { t } = useMessages()
  const { ledger, names } = useSeenLedger()
  return (id) => {
    const { name, isProven } = names.get(id) ?? {}
    if (id === ledger?.rootId) return t('staff.ledger.root')
    const { left, roles = [] } = ledger?.roster.people.get(id) ?? {}
    if (name === undefined) {
      if (!ledger || !left) return t('staff.ledger.nobody')
      const role = t(`staff.role.${MAIN_ROLE.find((each) => roles.includes(each)) ?? 'admin'}`)
      const params = { n: memberNumber(ledger.roster, id), year: left.at.slice(0, 4) }
      return t('staff.names.number', { ...params, role: role.toLowerCase() })
    }
    // The mark comes first, because a forged name could contain characters that hide the text after
    // it.
    if (!isProven) return t('staff.names.unproven', { name })
    return left ? t('staff.names.left', { name, day: dayInDigits(left.at.slice(0, 10)) }) : name
  }
}
