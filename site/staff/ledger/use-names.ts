// Returns the names of the people in the ledger, and marks a name that nobody has signed. No other
// part of the app shows a colleague's name. The ledger contains no names, but everything that is
// said of a former colleague whose name is gone.
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

/** The role that describes a person with several roles, first the one that says most. */
const MAIN_ROLE: readonly Role[] = ['intake', 'caseworker', 'admin']

export const isPersonRow = ({ action }: ReadRow): boolean => ABOUT_PEOPLE.includes(action)

/**
 * Returns the function that returns the name of the root and of each person, by id. A person who
 * left keeps the name while this browser can open it, and otherwise has a number.
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
    // The mark comes first, because a made-up name could contain characters that hide what follows.
    if (!isProven) return t('staff.names.unproven', { name })
    return left ? t('staff.names.left', { name, day: dayInDigits(left.at.slice(0, 10)) }) : name
  }
}
