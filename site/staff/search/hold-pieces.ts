// Keeps this tab's sealed pieces in memory, even while the app is locked, so that unlocking
// requires no download. Nothing is written to disk. Only the team key opens the pieces.
import { fromUtf8, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchPiece, fetchPieces, sendPiece } from '../api/piece-api.ts'
import { type CaseReader } from '../case/read/key-hashes.ts'
import { openPiece, sealPiece, type PiecePlace } from '../crypto/piece.ts'
import { namedTeam, newestTeam } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { readersIn } from '../ledger/read-roster.ts'
import { packColumns, unpackColumns } from './piece-columns.ts'
import { type ReadCase } from './read-case.ts'

/** The keys and the roster that a person needs to open and write pieces. */
export interface PieceWriter {
  keys: Pick<UnlockedKeys, 'personId' | 'sign' | 'team'>
  roster: Pick<Roster, 'people' | 'teams'>
}

/** The keys with which an index is built, and the rights of the person. */
export interface IndexSource extends CaseReader {
  /** null for a person without the team key, who reads all their cases at each start */
  writer: PieceWriter | null
  /** false for a caseworker, who reads only the cases that they have */
  isIntake: boolean
}

/** A version of a piece. */
export interface Version {
  n: number
  /** null until the piece is stored */
  etag: string | null
  revision: number
}

export interface ReadPiece extends Version {
  cases: ReadCase[]
}

/** Number of pieces that are fetched in parallel. */
const AT_ONCE = 4

/** The sealed pieces, keyed by generation and number. */
const held = new Map<string, { etag: string; sealed: Bytes }>()
const nameOf = (generation: number, n: number): string => `${generation}/${n}`

/** Fetches a piece, unless this tab already holds that version. */
async function sealedPiece(generation: number, n: number, etag: string): Promise<Bytes> {
  const name = nameOf(generation, n)
  const known = held.get(name)
  if (known?.etag === etag) return known.sealed
  const sealed = await fetchPiece(generation, n)
  held.set(name, { etag, sealed })
  return sealed
}

/** Fetches and opens a piece. @throws Refusal from the network or the edge */
async function readPiece(
  root: CryptoKey,
  signPublicOf: (writer: string) => string | null,
  place: PiecePlace,
  etag: string,
): Promise<ReadPiece> {
  const { generation, n } = place
  const sealed = await sealedPiece(generation, n, etag)
  try {
    const { revision, json } = await openPiece(root, signPublicOf, place, sealed)
    return { n, etag, revision, cases: unpackColumns(fromUtf8(json)) }
  } catch {
    // The server may send any content and signature. A bad piece is replaced at the next write.
    return { n, etag, revision: 0, cases: [] }
  }
}

/**
 * Fetches and opens the pieces of a generation. A piece that does not open yields no cases, so the
 * app reads its cases again. The same applies to a piece whose writer is no longer a reader. While
 * the caller works on some pieces, the next ones are fetched and opened.
 *
 * @throws Refusal from the network or the edge
 */
export async function* readPieces(
  { keys, roster }: PieceWriter,
  generation: number,
): AsyncGenerator<ReadPiece> {
  const root = namedTeam(roster, keys, generation)?.pieces
  if (!root) return
  const signers = new Map(readersIn(roster).map(({ id, signPublic }) => [id, signPublic]))
  const { pieces } = await fetchPieces(generation)
  const ordered = [...pieces].sort((a, b) => a.n - b.n)
  const opening: Promise<ReadPiece>[] = []
  const begin = (at: number): void => {
    const listed = ordered[at]
    if (!listed) return
    const { n, etag } = listed
    const piece = readPiece(root, (id) => signers.get(id) ?? null, { generation, n }, etag)
    // A caller that stops early never awaits this piece, so a failure would go unhandled.
    piece.catch(() => undefined)
    opening.push(piece)
  }
  for (let at = 0; at < AT_ONCE; at++) begin(at)
  for (let at = 0; at < ordered.length; at++) {
    const piece = await opening[at]
    // The next request is sent immediately, so that the network never sits idle behind a slow
    // caller.
    begin(at + AT_ONCE)
    if (piece) yield piece
  }
}

/**
 * Seals a piece under the newest generation and stores it.
 *
 * @returns the new version
 * @throws Refusal `cannot_open` without the team key; `piece_changed` when a colleague wrote first;
 *   others from the network or the edge
 */
export async function writePiece(
  writer: PieceWriter,
  { n, etag, revision }: Version,
  cases: readonly ReadCase[],
): Promise<Version> {
  const team = newestTeam(writer.roster, writer.keys)
  if (!team) throw new Refusal('cannot_open')
  const { generation, pieces: root } = team
  const next = revision + 1
  const json = utf8(packColumns(cases))
  const sealed = await sealPiece(root, writer.keys, { generation, n }, next, json)
  const stored = await sendPiece(generation, n, sealed, etag)
  held.set(nameOf(generation, n), { etag: stored.etag, sealed })
  return { n, etag: stored.etag, revision: next }
}

/** Forgets the sealed pieces of a generation that has ended. */
export function forgetPieces(generation: number): void {
  for (const name of held.keys()) if (name.startsWith(`${generation}/`)) held.delete(name)
}
