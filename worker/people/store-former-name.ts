// Stores the name of a person who has left, which a reader's browser has sealed. The row is not
// signed, because every browser compares an opened name with the hash in the ledger.
import { Refusal } from '#protocol/errors'
import type { SealedFormerName } from '#protocol/staff/people/former-name'
import type { StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import { sealStoredName } from '#worker/store/people/former-names'
import { requireRole } from '../auth/require-role.ts'

/**
 * @throws Refusal `not_allowed`, `malformed`. `person_unknown` for a person whose name is not
 *   stored, or for a generation that is not the newest.
 */
export async function storeFormerName(
  deps: StaffDeps,
  id: string,
  { generation, sealed, copies }: SealedFormerName,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const name = {
    generation,
    sealed: parseB64(sealed),
    copies: copies.map((copy) => ({
      person: parseB64(copy.person),
      sealed: parseB64(copy.sealed),
    })),
  }
  if (!(await sealStoredName(deps.db, parseB64(id), name))) throw new Refusal('person_unknown')
}
