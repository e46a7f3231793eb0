// Makes and ends generations of the team key. The edge sees only sealed copies and a commitment.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { TeamOpen } from '#protocol/staff/ledger/keys'
import type { TeamOpening } from '#protocol/staff/people/sealed-keys'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64, parseJson } from '#worker/parse'
import { countCaseKeys } from '#worker/store/cases/keys'
import { countReceiversUnder } from '#worker/store/receivers'
import { countNamesUnder } from '#worker/store/people/former-names'
import { deleteTeam, insertTeam, listReaders } from '#worker/store/ledger/team-keys'

/**
 * Stores a new generation with a copy for each reader.
 *
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`. `chain_moved`,
 *   including when a colleague opened this generation first, or when the copies do not match the
 *   current readers.
 */
export async function openTeam(
  deps: StaffDeps,
  { signed, sealed, sealedForRecovery }: TeamOpening,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { generation } = parseJson(TeamOpen, signed.change)
  const { entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'team.open',
    subject: String(generation),
  })
  await requireCopies(
    deps,
    sealed.map(({ person }) => person),
  )
  const copies = sealed.map((copy) => ({
    person: parseB64(copy.person),
    sealed: parseB64(copy.sealed),
  }))
  const team = { generation, sealedForRecovery: parseB64(sealedForRecovery), copies }
  if (!(await insertTeam(deps.db, team, entry))) throw new Refusal('chain_moved')
}

/**
 * Requires one copy for each reader in the tables, and no copy for any other person. A signed
 * change is valid for only one head of the ledger, so the readers cannot change in the meantime.
 *
 * @param people  base64url ids
 * @throws Refusal `chain_moved`
 */
export async function requireCopies(deps: StaffDeps, people: readonly string[]): Promise<void> {
  const readers = (await listReaders(deps.db)).map(toB64)
  if ([...people].sort().join() !== readers.sort().join()) throw new Refusal('chain_moved')
}

/**
 * Deletes the copies of an older generation.
 *
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `chain_moved`. `team_in_use`
 *   while the generation seals a case key that is not lost, a former name or a receiver. Otherwise
 *   nobody could open what the generation seals.
 */
export async function endTeam(
  deps: StaffDeps,
  subject: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'team.end',
    subject,
  })
  if (subject !== String(change.generation)) throw new Refusal('malformed')
  const { generation } = change
  if (await deleteTeam(deps.db, generation, entry)) return
  const isUsed =
    (await countCaseKeys(deps.db, generation)) > 0 ||
    (await countNamesUnder(deps.db, generation)) > 0 ||
    (await countReceiversUnder(deps.db, generation)) > 0
  throw new Refusal(isUsed ? 'team_in_use' : 'chain_moved')
}
