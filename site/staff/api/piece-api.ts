// Defines the staff app's requests about the search index.
import { type Bytes } from '#protocol/bytes'
import {
  PieceList,
  StoredPiece,
  TallyPage,
  type PieceList as Listed,
} from '#protocol/staff/list/pieces'
import { unpackCases, type SealedCases } from '#protocol/staff/list/sealed-cases'
import { ask, askBytes, nothing } from './client.ts'

/** @param after  `next` of the previous page, or null for the first page */
export const fetchTally = (after: string | null): Promise<TallyPage> =>
  ask({
    method: 'GET',
    path: `cases/tally${after === null ? '' : `?${new URLSearchParams({ after })}`}`,
    answer: TallyPage,
  })

/** @param ids  at most SEALED_AT_ONCE */
export const fetchSealedCases = async (ids: readonly string[]): Promise<SealedCases> =>
  unpackCases(await askBytes(`cases/sealed?${new URLSearchParams({ ids: ids.join() })}`))

export const fetchPieces = (generation: number): Promise<Listed> =>
  ask({ method: 'GET', path: `pieces/${generation}`, answer: PieceList })

export const fetchPiece = (generation: number, n: number): Promise<Bytes> =>
  askBytes(`pieces/${generation}/${n}`)

/** @param former  tag of the version that the piece replaces; null for a new piece */
export const sendPiece = (
  generation: number,
  n: number,
  sealed: Bytes,
  former: string | null,
): Promise<StoredPiece> =>
  ask({
    method: 'PUT',
    path: `pieces/${generation}/${n}?${new URLSearchParams(former === null ? {} : { former })}`,
    body: sealed,
    answer: StoredPiece,
  })

export const postPiecesEnd = (generation: number): Promise<null> =>
  ask({ method: 'POST', path: `pieces/${generation}/end`, body: {}, answer: nothing })
