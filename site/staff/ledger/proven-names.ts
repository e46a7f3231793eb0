// Compares the names in the table with the hashes in the ledger. Without this comparison, a server
// that swaps two names could decide who receives a case or is removed.
import { type People } from '#protocol/staff/people/people'
import { nameHashOf } from '#protocol/staff/people/person-name'
import { type Roster } from '#protocol/staff/ledger/roster-state'

/**
 * A name from the table. Only useNames shows such a name, because useNames marks names that are not
 * proven.
 */
export interface SeenName {
  name: string
  /** true when the person signed this name */
  isProven: boolean
}

/** The names by person id. A person whose name has been deleted, or does not open, has no entry. */
export type SeenNames = ReadonlyMap<string, SeenName>

/**
 * @param roster  may be the roster of a broken ledger; a person who is not in it has no proven name
 */
export const proveNames = async (
  { names }: Pick<People, 'names'>,
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
