// Remembers the piece of each report, and writes the pieces that changed. A deleted report
// disappears from its piece at the next write.
import { Refusal } from '#protocol/errors'
import { PIECE_CASES } from '#protocol/staff/list/pieces'
import { newestTeam } from '../crypto/team-key.ts'
import { writePiece, type PieceWriter, type ReadPiece } from './hold-pieces.ts'
import { type ReadCase } from './read-case.ts'

interface Place {
  etag: string | null
  revision: number
  ids: Set<string>
  isChanged: boolean
}

/** Number of changed cases in a session after which the changed pieces are written. */
const WRITE_AFTER = 20

export class PlacedReports {
  readonly #writer: PieceWriter | null
  readonly #reports: ReadonlyMap<string, ReadCase>
  readonly #pieces = new Map<number, Place>()
  readonly #pieceOf = new Map<string, number>()
  #changed = 0
  /** false until the first write has succeeded, and again after a failed write */
  #isWritten = false

  /** @param reports  the reports that this device has read, keyed by id */
  constructor(writer: PieceWriter | null, reports: ReadonlyMap<string, ReadCase>) {
    this.#writer = writer
    this.#reports = reports
  }

  /** The generation of the team key under which pieces are written; 0 without the key. */
  get generation(): number {
    return (this.#writer && newestTeam(this.#writer.roster, this.#writer.keys)?.generation) ?? 0
  }

  /**
   * Adds a stored piece. Two colleagues who wrote at the same time may have put the same report
   * into two pieces. The copy with more content wins, and the other piece is written again without
   * the report. A piece of an older generation is written under the newest one.
   *
   * @returns the cases that are new or have more content
   */
  add({ n, etag, revision, cases }: ReadPiece, generation: number): ReadCase[] {
    const isOlder = generation !== this.generation
    const piece: Place = isOlder
      ? { etag: null, revision: 0, ids: new Set(), isChanged: true }
      : { etag, revision, ids: new Set(), isChanged: revision === 0 }
    this.#pieces.set(n, piece)
    return cases.filter((read) => {
      const known = this.#reports.get(read.id)
      const isMore = !known || sizeOf(read) > sizeOf(known)
      if (isMore) {
        this.drop(read.id)
        piece.ids.add(read.id)
        this.#pieceOf.set(read.id, n)
      } else piece.isChanged = true
      return isMore
    })
  }

  /** Records that a report was read again. A new report goes into the last piece that has room. */
  note(id: string): void {
    const n = this.#pieceOf.get(id) ?? this.#room()
    const piece = this.#pieces.get(n) ?? this.#begin(n)
    piece.ids.add(id)
    piece.isChanged = true
    this.#pieceOf.set(id, n)
  }

  drop(id: string): void {
    const n = this.#pieceOf.get(id)
    const piece = n === undefined ? undefined : this.#pieces.get(n)
    this.#pieceOf.delete(id)
    if (piece?.ids.delete(id)) piece.isChanged = true
  }

  clear(): void {
    this.#pieces.clear()
    this.#pieceOf.clear()
  }

  /** Counts cases that were read again. */
  count(changed: number): void {
    this.#changed += changed
  }

  /** Writes the pieces for the first time, again after a failure, and after enough changes. */
  async writeWhenDue(isStopped: () => boolean): Promise<void> {
    if (isStopped() || (this.#isWritten && this.#changed < WRITE_AFTER)) return
    this.#changed = 0
    this.#isWritten = false
    try {
      await this.#write(isStopped)
      this.#isWritten = true
    } catch (thrown) {
      // The next update tries again.
      if (!(thrown instanceof Refusal)) throw thrown
    }
  }

  /**
   * Writes the changed pieces. If a colleague wrote a piece first, keeps the colleague's version,
   * which is just as good.
   */
  async #write(isStopped: () => boolean): Promise<void> {
    if (!this.#writer || this.generation === 0) return
    for (const [n, piece] of this.#pieces) {
      if (!piece.isChanged) continue
      const cases = [...piece.ids].flatMap((id) => this.#reports.get(id) ?? [])
      if (isStopped()) return
      piece.isChanged = false
      const { etag, revision } = piece
      try {
        Object.assign(piece, await writePiece(this.#writer, { n, etag, revision }, cases))
      } catch (thrown) {
        const isLate =
          thrown instanceof Refusal &&
          (thrown.code === 'piece_changed' || thrown.code === 'chain_moved')
        if (isLate) continue
        piece.isChanged = true
        throw thrown
      }
    }
  }

  #room(): number {
    const last = Math.max(-1, ...this.#pieces.keys())
    const piece = this.#pieces.get(last)
    return piece && piece.ids.size < PIECE_CASES ? last : last + 1
  }

  #begin(n: number): Place {
    const piece: Place = { etag: null, revision: 0, ids: new Set(), isChanged: true }
    this.#pieces.set(n, piece)
    return piece
  }
}

const sizeOf = ({ followUps, rows }: ReadCase): number => followUps + rows
