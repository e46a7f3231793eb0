// Lists the names of the staff with their salts, and the sealed names of people who have left. The
// ledger holds only hashes of names, because its rows are never deleted.
import { toB64, type Bytes } from '#protocol/bytes'
import type { FormerName } from '#protocol/staff/people/former-name'
import type { People } from '#protocol/staff/people/people'
import type { StaffDeps } from '#worker/deps'
import { listFormerNames, listNameCopies } from '#worker/store/people/former-names'
import { listNames } from '#worker/store/people/people'
import { requireRole } from '../auth/require-role.ts'

/** Throws Refusal `not_allowed`. */
export async function listPeople(deps: StaffDeps): Promise<People> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  const { db, actor } = deps
  const [names, left] = await Promise.all([
    listNames(db),
    actor.roles.includes('intake') ? listForReader(deps) : listForHolder(deps),
  ])
  return { names: [...names.map(nameFrom), ...left.names], former: left.former }
}

interface StoredName {
  id: Bytes
  name: string
  salt: Bytes
}

const nameFrom = ({ id, name, salt }: StoredName): People['names'][number] => ({
  id: toB64(id),
  name,
  salt: toB64(salt),
})

/** A reader also receives the names that no browser has sealed yet. */
async function listForReader({ db }: StaffDeps): Promise<People> {
  const left = await listFormerNames(db)
  return {
    names: left.flatMap(({ person, plain }) => (plain ? nameFrom({ id: person, ...plain }) : [])),
    former: left.map(({ person, generation, sealed, holders }): FormerName => ({
      id: toB64(person),
      generation,
      sealed: sealed && toB64(sealed),
      holders: holders.map(toB64),
    })),
  }
}

async function listForHolder({ db, actor }: StaffDeps): Promise<People> {
  const copies = await listNameCopies(db, actor.id)
  return {
    names: [],
    former: copies.map(({ person, sealed }) => ({
      ...{ id: toB64(person), generation: null, sealed: toB64(sealed), holders: [] },
    })),
  }
}
