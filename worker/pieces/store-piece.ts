// Stores a piece of the search index, and deletes the pieces of a replaced generation. The writer's
// signature is inside the piece, and browsers check it.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { StoredPiece } from '#protocol/staff/list/pieces'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { dropPieces, putPiece } from '#worker/store/list/pieces'
import { listGenerations } from '#worker/store/ledger/team-keys'
import { generationFrom, orUnavailable, pieceNameFrom } from './read-pieces.ts'

export interface ArrivedPiece {
  sealed: Bytes
  /** tag of the version that the piece replaces; null for a new piece */
  former: string | null
}

/**
 * Stores a piece under the newest generation of the team key.
 *
 * @throws Refusal `not_allowed`, `malformed`. `chain_moved` for any other generation, because a
 *   former colleague may have its key. `piece_changed` when a colleague stored another version
 *   first. `unavailable`
 */
export async function storePiece(
  deps: StaffDeps,
  generation: string,
  number: string,
  { sealed, former }: ArrivedPiece,
): Promise<StoredPiece> {
  requireRole(deps.actor, 'intake')
  const name = pieceNameFrom(generation, number)
  if (sealed.length === 0) throw new Refusal('malformed')
  if (name.generation !== (await newestGeneration(deps))) throw new Refusal('chain_moved')
  const piece = { sealed, former }
  const etag = await orUnavailable(putPiece(deps.bucket, name.generation, name.n, piece))
  if (etag === null) throw new Refusal('piece_changed')
  return { n: name.n, etag }
}

/**
 * Deletes all pieces under an older generation.
 *
 * @throws Refusal `not_allowed`, `malformed`, `unavailable`; `team_in_use` for the newest
 *   generation
 */
export async function endPieces(deps: StaffDeps, generation: string): Promise<void> {
  requireRole(deps.actor, 'intake')
  const number = generationFrom(generation)
  if (number >= (await newestGeneration(deps))) throw new Refusal('team_in_use')
  await orUnavailable(dropPieces(deps.bucket, number))
}

const newestGeneration = async ({ db }: StaffDeps): Promise<number> =>
  (await listGenerations(db)).at(-1) ?? 0
