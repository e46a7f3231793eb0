// Accepts the root's certificates: for the first member, the new reader after a recovery, and
// keepers. No colleague can sign them.
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { isCertified } from '#protocol/keys/manifest'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import type { Role } from '#protocol/staff/fields'
import { rootIdOf } from '#protocol/staff/ledger/rows'
import { KEEPER_DAYS } from '#protocol/staff/ledger/keys'
import type { Certificate } from '#protocol/staff/people/people'
import { dayNumber } from '#protocol/time'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, type Signer } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { confirmFirstMember, confirmNewcomer } from '#worker/store/people/newcomers'
import { setKeeper, type KeeperChange } from '#worker/store/people/people'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'
import { requireNewcomer, requireSameRoles, storedIntake, storedTeam } from './confirm.ts'
import { requireNameHash } from './rename.ts'

/** The root signs offline, days in advance, so its time is not compared with the clock. */
interface ByRoot {
  signer: Signer
  now: null
}

const byRootOf = async (root: Bytes): Promise<ByRoot> => ({
  signer: { id: await rootIdOf(root), signPublic: root },
  now: null,
})

/**
 * Accepts the certificate of the first member, or of the new reader after a recovery. No colleague
 * can confirm that person.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws Refusal `not_allowed` for another person, `prove_again`, `malformed`,
 *   `signature_refused`, `person_unknown`
 */
export async function certifyPerson(
  deps: StaffDeps,
  root: Bytes,
  { person, signed, keeper, intake, team }: Certificate,
): Promise<void> {
  const id = parseB64(person)
  if (!sameBytes(id, deps.actor.id)) throw new Refusal('not_allowed')
  requireFreshProof(deps)
  const byRoot = await byRootOf(root)
  const { change, entry } = await readSignedChange(byRoot, signed, {
    action: 'person.certify',
    subject: person,
  })
  const { name, nameSalt, offered } = await requireNewcomer(deps, id, change)
  requireSameRoles(offered, change.roles)
  await requireNameHash(change.nameHash, { name, salt: toB64(nameSalt) })
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
 * @throws Refusal `signature_refused`. `malformed` for keys that are not the certified reader's,
 *   and for a certificate that the root did not sign.
 */
async function readKeeper(
  byRoot: ByRoot,
  keeper: SignedChange,
  certified: { signPublic: string; roles: readonly Role[] },
  person: string,
): Promise<KeeperChange> {
  const { change, entry, at } = await readSignedChange(byRoot, keeper, {
    action: 'keeper.certify',
    subject: person,
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

/**
 * Accepts the root's certificate that makes the signed-in reader a keeper, or extends it.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws Refusal `not_allowed`, `prove_again`, `signature_refused`, `chain_moved`. `malformed`
 *   in the same cases as in readKeeper
 */
export async function certifyKeeper(
  deps: StaffDeps,
  root: Bytes,
  signed: SignedChange,
): Promise<void> {
  const { actor } = deps
  requireRole(actor, 'intake')
  requireFreshProof(deps)
  const { roles } = actor
  const certified = { signPublic: toB64(actor.signPublic), roles }
  const keeper = await readKeeper(await byRootOf(root), signed, certified, toB64(actor.id))
  if (!(await setKeeper(deps.db, actor.id, keeper))) throw new Refusal('person_unknown')
}
