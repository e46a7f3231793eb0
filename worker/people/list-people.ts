// Lists the names of the staff with their salts. The ledger holds only hashes of names, because its
// rows are never deleted.
import { toB64 } from '#protocol/bytes'
import type { People } from '#protocol/staff/people/people'
import type { StaffDeps } from '#worker/deps'
import { listNames } from '#worker/store/people/people'
import { requireRole } from '../auth/require-role.ts'

/** Throws Refusal `not_allowed`. */
export async function listPeople(deps: StaffDeps): Promise<People> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  const names = await listNames(deps.db)
  return { names: names.map(({ id, name, salt }) => ({ id: toB64(id), name, salt: toB64(salt) })) }
}
