// Seals the pieces of an older team key generation under the newest one, and deletes the old
// pieces. A former colleague who kept the key could open the old pieces.
import { Refusal } from '#protocol/errors'
import { fetchPieces, postPiecesEnd } from '../api/piece-api.ts'
import { newestTeam } from '../crypto/team-key.ts'
import { forgetPieces, readPieces, writePiece } from '../search/hold-pieces.ts'
import { type CaseWriter } from '../session/case-writer.ts'
import { type BulkAct } from './rewrap-cases.ts'

/** @param from  number of the generation that is to be ended */
export const replacePieces = (by: CaseWriter, from: number): BulkAct => ({
  name: 'pieces',

  remaining: async () => (await fetchPieces(from)).pieces.length,

  run: async (onProgress) => {
    if ((await fetchPieces(from)).pieces.length === 0) return
    const team = newestTeam(by.roster, by.keys)
    if (!team || team.generation <= from) throw new Refusal('cannot_open')
    let done = 0
    for await (const { n, cases } of readPieces(by, from)) {
      if (cases.length > 0) await writeOnce(by, n, cases)
      onProgress((done += 1))
    }
    await postPiecesEnd(from)
    forgetPieces(from)
  },
})

/** A colleague's device may already have written the piece. */
async function writeOnce(by: CaseWriter, n: number, cases: Parameters<typeof writePiece>[2]) {
  try {
    await writePiece(by, { n, etag: null, revision: 0 }, cases)
  } catch (thrown) {
    if (!(thrown instanceof Refusal && thrown.code === 'piece_changed')) throw thrown
  }
}
