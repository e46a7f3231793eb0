// Confirms or refuses a newcomer. Only intake may do so, because a confirmation grants access to
// keys.
import type { Bytes } from '#protocol/bytes'
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import type { Confirmation } from '#protocol/staff/people/people'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { Deps, StaffDeps } from '#worker/deps'
import { listOpenableEpochs } from '#worker/store/ledger/epochs'
import { confirmNewcomer, deleteNewcomer, findNewcomer } from '#worker/store/people/newcomers'
import { listGenerations } from '#worker/store/ledger/team-keys'
import { parseB64 } from '#worker/parse'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'

interface Keys {
  signPublic: string
  hpkePublic: string
}

/** @throws Refusal `person_unknown` unless a person with these keys is waiting */
export async function requireNewcomer(
  deps: Deps,
  id: Bytes,
  keys: Keys,
): Promise<{ name: string; nameSalt: Bytes; offered: string[] }> {
  const found = await findNewcomer(deps.db, id)
  const same =
    found !== null &&
    sameBytes(found.signPublic, parseB64(keys.signPublic)) &&
    sameBytes(found.hpkePublic, parseB64(keys.hpkePublic))
  if (!same) throw new Refusal('person_unknown')
  return found
}

export const requireSameRoles = (one: readonly string[], other: readonly string[]): void => {
  if ([...one].sort().join() !== [...other].sort().join()) throw new Refusal('malformed')
}

export const storedIntake = (intake: Confirmation['intake']) =>
  intake.map(({ epoch, sealed }) => ({ epoch, sealed: parseB64(sealed) }))

export const storedTeam = (team: Confirmation['team']) =>
  team.map(({ generation, sealed }) => ({ generation, sealed: parseB64(sealed) }))

/**
 * Requires that both lists contain the same numbers, in any order.
 *
 * @throws Refusal `chain_moved`
 */
function requireNumbers(sent: readonly number[], needed: readonly number[]): void {
  const sorted = (numbers: readonly number[]): string => [...numbers].sort((a, b) => a - b).join()
  if (sorted(sent) !== sorted(needed)) throw new Refusal('chain_moved')
}

/**
 * For a reader, requires a copy of each key that readers hold. For any other person, requires that
 * there are no copies. A new epoch adds a row to the ledger, and a confirmation must follow the
 * newest row. The newcomer therefore cannot lack the keys of that epoch.
 *
 * @throws Refusal `malformed`, `chain_moved`
 */
async function requireAllKeys(
  deps: Deps,
  roles: readonly string[],
  { intake, team }: Pick<Confirmation, 'intake' | 'team'>,
): Promise<void> {
  if (!roles.includes('intake')) {
    if (intake.length + team.length > 0) throw new Refusal('malformed')
    return
  }
  // A reader without keys could not open anything.
  if (intake.length === 0) throw new Refusal('malformed')
  requireNumbers(
    intake.map(({ epoch }) => epoch),
    await listOpenableEpochs(deps.db),
  )
  requireNumbers(
    team.map(({ generation }) => generation),
    await listGenerations(deps.db),
  )
}

/**
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `person_unknown`.
 *   `chain_moved`, including when the keys are not the current ones.
 */
export async function confirmPerson(
  deps: StaffDeps,
  id: string,
  { signed, ...keys }: Confirmation,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'person.confirm',
    subject: id,
  })
  const person = parseB64(id)
  const { offered } = await requireNewcomer(deps, person, change)
  requireSameRoles(offered, change.roles)
  await requireAllKeys(deps, change.roles, keys)
  const stored = { intake: storedIntake(keys.intake), team: storedTeam(keys.team) }
  if (!(await confirmNewcomer(deps.db, person, stored, entry))) throw new Refusal('person_unknown')
}

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `person_unknown` */
export async function refusePerson(
  deps: StaffDeps,
  id: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'person.refuse',
    subject: id,
  })
  const person = parseB64(id)
  await requireNewcomer(deps, person, change)
  if (!(await deleteNewcomer(deps.db, person, entry))) throw new Refusal('person_unknown')
}
