// Confirms or refuses a newcomer. Only somebody with intake may, because a confirmation gives keys.
import type { Bytes } from '#protocol/bytes'
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { PersonCertify, PersonConfirm, PersonRefuse, rootIdOf } from '#protocol/staff/ledger'
import type { Certificate, Confirmation } from '#protocol/staff/people'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { Deps, StaffDeps } from '#worker/deps'
import { confirmNewcomer, deleteNewcomer, findNewcomer } from '#worker/store/people'
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

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `person_unknown` */
export async function confirmPerson(
  deps: StaffDeps,
  id: string,
  { signed, intake }: Confirmation,
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
  // A reader without keys could read nothing, and nobody else may get keys.
  if (change.roles.includes('intake') !== intake.length > 0) throw new Refusal('malformed')
  if (!(await confirmNewcomer(deps.db, person, storedIntake(intake), entry)))
    throw new Refusal('person_unknown')
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
 * Takes the certificate of the first member, whom no colleague can confirm.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws Refusal `malformed`, `signature_refused`, `person_unknown`
 */
export async function certifyPerson(
  deps: StaffDeps,
  root: Bytes,
  { person, signed, intake }: Certificate,
): Promise<void> {
  const id = parseB64(person)
  if (!sameBytes(id, deps.actor.id)) throw new Refusal('not_allowed')
  const { change, entry } = await readSignedChange(
    { signer: { id: await rootIdOf(root), signPublic: root }, now: null },
    signed,
    { action: 'person.certify', subject: person, change: PersonCertify },
  )
  const { offered } = await requireNewcomer(deps, id, change)
  requireSameRoles(offered, change.roles)
  if (!(await confirmNewcomer(deps.db, id, storedIntake(intake), entry)))
    throw new Refusal('person_unknown')
}
