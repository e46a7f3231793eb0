// Lists the screens that a person's roles allow, in menu order. The first of them is the home
// screen.
import { type Role } from '#protocol/staff/fields'
import { type Screen } from '../session/navigation.ts'

const READER: Role = 'intake'

/** The roles for which each screen is in the menu. */
const ROLES_FOR: readonly (readonly [Screen, readonly Role[]])[] = [
  ['reports', [READER, 'caseworker']],
  ['shift', [READER, 'caseworker']],
  ['register', [READER, 'caseworker']],
  ['figures', [READER]],
  ['letter', [READER]],
  ['waiting', [READER]],
  ['discard', [READER]],
  ['people', [READER, 'admin']],
  ['help', [READER, 'admin', 'caseworker']],
  ['keys', [READER]],
  ['invite', ['admin']],
  ['alerts', [READER, 'admin']],
  ['templates', ['admin']],
  ['log', [READER, 'admin', 'caseworker']],
  ['own', [READER, 'admin', 'caseworker']],
  ['first', [READER, 'admin']],
]

export const screensOf = (roles: readonly Role[]): Screen[] =>
  ROLES_FOR.filter(([, needed]) => needed.some((role) => roles.includes(role))).map(([it]) => it)
