// Compares the names of the table with the hashes in the ledger. A server that swaps two names
// would else choose to whom a case goes, and whom somebody removes.
import { type People } from '#protocol/staff/people'
import { nameHashOf } from '#protocol/staff/person-name'
import { type Roster } from '#protocol/staff/roster-state'

/** A name of the table. Only useNames shows it, because it marks a name that is not proven. */
export interface SeenName {
  name: string
  /** true when the person signed this name */
  isProven: boolean
}

/** Names by the id of the person. A person whose name was deleted has none. */
export type SeenNames = ReadonlyMap<string, SeenName>

/** @param roster  of a broken ledger too; a person whom it does not name has no proven name */
export const proveNames = async (
  { names }: People,
  { people }: Pick<Roster, 'people'>,
): Promise<SeenNames> =>
  new Map(
    await Promise.all(
      names.map(async ({ id, name, salt }) => {
        const isProven = people.get(id)?.nameHash === (await nameHashOf({ name, salt }))
        return [id, { name, isProven }] as const
      }),
    ),
  )
