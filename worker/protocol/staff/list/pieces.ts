// Defines the schemas of the search index: pieces in R2, and the tally of all reports. The edge
// cannot open any piece.
import * as z from 'zod/mini'
import { ID_BYTES } from '../../limits.ts'
import { id } from '../fields.ts'

/** Number of cases in one piece. */
export const PIECE_CASES = 500
/** The maximum number of pieces under one generation: one page of an R2 list. */
export const MAX_PIECES = 1000
/** The maximum number of bytes in a sealed piece. */
export const MAX_PIECE_BYTES = 4 * 1024 * 1024

/** A stored piece. R2 assigns a new tag to each version. */
export const StoredPiece = z.object({
  n: z.int().check(z.gte(0), z.lt(MAX_PIECES)),
  etag: z.string().check(z.minLength(1), z.maxLength(100)),
})
export type StoredPiece = z.infer<typeof StoredPiece>

/** The pieces under one generation of the team key, in no particular order. */
export const PieceList = z.object({ pieces: z.array(StoredPiece) })
export type PieceList = z.infer<typeof PieceList>

/** Number of reports on one page of the tally. */
export const TALLY_PAGE = 2000
/**
 * Number of hexadecimal digits that describe one report: id, follow-up count (2 bytes) and log row
 * count (4 bytes).
 */
const TALLY_CHARS = 2 * (ID_BYTES + 2 + 4)

/** A page of the tally: the extent of each report on the page, sorted by id. */
export const TallyPage = z.object({
  reports: z.string().check(z.maxLength(TALLY_PAGE * TALLY_CHARS), z.regex(/^[0-9A-F]*$/)),
  /** cursor of the next page; null on the last page */
  next: z.nullable(id),
})
export type TallyPage = z.infer<typeof TallyPage>

/** The extent of a report. A device reads the report again when either number has grown. */
export interface Extent {
  /** number of follow-ups in all threads of the case */
  followUps: number
  /** number of rows of the case log */
  rows: number
}

/** Reads a page. @returns extents, keyed by the id in hexadecimal digits */
export function readTally({ reports }: Pick<TallyPage, 'reports'>): Map<string, Extent> {
  const extents = new Map<string, Extent>()
  for (let at = 0; at + TALLY_CHARS <= reports.length; at += TALLY_CHARS) {
    const ends = at + 2 * ID_BYTES
    extents.set(reports.slice(at, ends), {
      followUps: Number.parseInt(reports.slice(ends, ends + 4), 16),
      rows: Number.parseInt(reports.slice(ends + 4, ends + 12), 16),
    })
  }
  return extents
}
