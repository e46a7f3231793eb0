// Lists and reads the pieces of the search index. Only the team key can open the pieces.
import { Refusal } from '#protocol/errors'
import { MAX_PIECES, type PieceList } from '#protocol/staff/list/pieces'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { findPiece, listKeptPieces } from '#worker/store/list/pieces'

/** The name of a piece in its address: the generation and the number of the piece. */
export interface PieceName {
  generation: number
  n: number
}

/** Reads a number from an address. Throws Refusal `malformed` for any other text. */
export function generationFrom(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Refusal('malformed')
  return Number(text)
}

/** Reads the name of a piece from an address. Throws Refusal `malformed`. */
export function pieceNameFrom(generation: string, n: string): PieceName {
  if (!/^(0|[1-9]\d{0,3})$/.test(n) || Number(n) >= MAX_PIECES) throw new Refusal('malformed')
  return { generation: generationFrom(generation), n: Number(n) }
}

/** @throws Refusal `not_allowed`, `malformed`; `unavailable` when R2 does not respond */
export async function listPieces(deps: StaffDeps, generation: string): Promise<PieceList> {
  requireRole(deps.actor, 'intake')
  const number = generationFrom(generation)
  return { pieces: await orUnavailable(listKeptPieces(deps.bucket, number)) }
}

/** @throws Refusal `not_allowed`, `malformed`, `not_found`; `unavailable` when R2 does not respond
 */
export async function readPiece(
  deps: StaffDeps,
  generation: string,
  number: string,
): Promise<ReadableStream> {
  requireRole(deps.actor, 'intake')
  const name = pieceNameFrom(generation, number)
  const piece = await orUnavailable(findPiece(deps.bucket, name.generation, name.n))
  if (!piece) throw new Refusal('not_found')
  return piece
}

/** Converts a failure of R2 to Refusal `unavailable`. */
export async function orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
