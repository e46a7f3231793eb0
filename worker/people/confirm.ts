// Confirms or refuses a newcomer. Only somebody with intake may, because a confirmation gives keys.
import type { Bytes } from '#protocol/bytes'
import { sameBytes } from '#protocol/bytes'
import { isCertified } from '#protocol/keys/manifest'
import { dayNumber } from '#protocol/time'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { PersonCertify, PersonConfirm, PersonRefuse, rootIdOf } from '#protocol/staff/ledger'
import type { Certificate, Confirmation } from '#protocol/staff/people'
import { KEEPER_DAYS, KeeperCertify } from '#protocol/staff/ledger-keys'
import { readSignedChange, signerOf, type Signer } from '#worker/ledger/signed-change'
import type { Deps, StaffDeps } from '#worker/deps'
import { listOpenableEpochs } from '#worker/store/epochs'
import {
  confirmFirstMember,
  confirmNewcomer,
  deleteNewcomer,
  findNewcomer,
  type KeeperChange,
} from '#worker/store/people'
import { listGenerations } from '#worker/store/team-keys'
import { parseB64 } from '#worker/parse'
import { requireRole } from '../auth/require-role.ts'

interface Keys {
  signPublic: string
  hpkePublic: string
}

/** @throws Refusal `person_unknown` unless somebody with these keys waits */
async function requireNewcomer(deps: Deps, id: Bytes, keys: Keys): Promise<{ offered: string[] }> {
  const found = await findNewcomer(deps.db, id)
  const same =
    found !== null &&
    sameBytes(found.signPublic, parseB64(keys.signPublic)) &&
    sameBytes(found.hpkePublic, parseB64(keys.hpkePublic))
  if (!same) throw new Refusal('person_unknown')
  return found
}

const requireSameRoles = (one: readonly string[], other: readonly string[]): void => {
  if ([...one].sort().join() !== [...other].sort().join()) throw new Refusal('malformed')
}

const storedIntake = (intake: Confirmation['intake']) =>
  intake.map(({ epoch, sealed }) => ({ epoch, sealed: parseB64(sealed) }))

const storedTeam = (team: Confirmation['team']) =>
  team.map(({ generation, sealed }) => ({ generation, sealed: parseB64(sealed) }))

/** Requires the same numbers in any order. @throws Refusal `chain_moved` */
function requireNumbers(sent: readonly number[], needed: readonly number[]): void {
  const sorted = (numbers: readonly number[]): string => [...numbers].sort((a, b) => a - b).join()
  if (sorted(sent) !== sorted(needed)) throw new Refusal('chain_moved')
}

/**
 * Requires for a reader a copy of each key that readers hold, and for another person none. A new
 * epoch moves the chain, so that the newcomer cannot lack its keys.
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
  // A reader without keys could read nothing.
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
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `person_unknown`. `chain_moved`
 *   also when the keys are not those of today.
 */
export async function confirmPerson(
  deps: StaffDeps,
  id: string,
  { signed, ...keys }: Confirmation,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'person.confirm',
    subject: id,
    change: PersonConfirm,
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
    change: PersonRefuse,
  })
  const person = parseB64(id)
  await requireNewcomer(deps, person, change)
  if (!(await deleteNewcomer(deps.db, person, entry))) throw new Refusal('person_unknown')
}

/**
 * Takes the certificate of the first member or of the new reader of a recovery. No colleague can
 * confirm that person.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws Refusal `malformed`, `signature_refused`, `person_unknown`
 */
export async function certifyPerson(
  deps: StaffDeps,
  root: Bytes,
  { person, signed, keeper, intake, team }: Certificate,
): Promise<void> {
  const id = parseB64(person)
  if (!sameBytes(id, deps.actor.id)) throw new Refusal('not_allowed')
  const byRoot = { signer: { id: await rootIdOf(root), signPublic: root }, now: null }
  const { change, entry } = await readSignedChange(byRoot, signed, {
    action: 'person.certify',
    subject: person,
    change: PersonCertify,
  })
  const { offered } = await requireNewcomer(deps, id, change)
  requireSameRoles(offered, change.roles)
  const stored = { intake: storedIntake(intake), team: storedTeam(team) }
  const isDone =
    keeper === null
      ? await confirmNewcomer(deps.db, id, stored, entry)
      : await confirmFirstMember(
          deps.db,
          id,
          stored,
          entry,
          await readKeeper(byRoot, keeper, change, person),
        )
  if (!isDone) throw new Refusal('person_unknown')
}

/**
 * Reads the row that makes a certified reader a keeper.
 *
 * @throws Refusal `signature_refused`. `malformed` for other keys than those of the certified reader,
 *   and for a certificate that is not the root's.
 */
async function readKeeper(
  byRoot: { signer: Signer; now: null },
  keeper: SignedChange,
  certified: PersonCertify,
  person: string,
): Promise<KeeperChange> {
  const { change, entry, at } = await readSignedChange(byRoot, keeper, {
    action: 'keeper.certify',
    subject: person,
    change: KeeperCertify,
  })
  const { signPublic, lastDay } = change
  const fits =
    certified.roles.includes('intake') &&
    certified.signPublic === signPublic &&
    lastDay <= dayNumber(Date.parse(at)) + KEEPER_DAYS &&
    (await isCertified(
      byRoot.signer.signPublic,
      parseB64(signPublic),
      lastDay,
      parseB64(change.certificate),
    ))
  if (!fits) throw new Refusal('malformed')
  return { lastDay, entry }
}
