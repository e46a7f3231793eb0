// Reads ledger rows for the screens. Only verified rows should be presented as facts.
import * as z from 'zod/mini'
import { Statement } from '#protocol/staff/statement'
import { isCaseAction, type LedgerAction } from '#protocol/staff/actions'
import { Role } from '#protocol/staff/fields'
import { type LedgerRow } from '#protocol/staff/ledger/rows'

export interface ReadRow {
  /** row number, from 1 */
  n: number
  action: LedgerAction
  /** id of the person who signed, or of the root */
  actor: string
  /** id of the person or of the discard, or token hash of the invitation */
  subject: string
  /** UTC minute */
  at: string
  /** the roles that the row offers or assigns */
  roles: readonly Role[]
  /** the invitation of `person.join`, or null */
  invitation: string | null
  /** the number of case keys in `keys.lose`, or null */
  total: number | null
}

/** The parts of a change that a screen shows. Fields that a change lacks are absent. */
const ShownChange = z.object({
  roles: z.optional(z.array(Role)),
  invitation: z.optional(z.string()),
  total: z.optional(z.number()),
})

/** @throws an error for a row that no replay accepts */
export const readRows = (rows: readonly LedgerRow[]): ReadRow[] =>
  rows.map(({ change, statement }, at) => {
    const said = Statement.parse(JSON.parse(statement))
    const { roles = [], invitation = null, total = null } = ShownChange.parse(JSON.parse(change))
    if (isCaseAction(said.action)) throw new Error('a change of a case is in the ledger')
    const { action, actor, subject } = said
    return { n: at + 1, action, actor, subject, at: said.at, roles, invitation, total }
  })
