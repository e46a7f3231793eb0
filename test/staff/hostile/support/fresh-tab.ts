// Empties what a tab keeps in memory, so that every tab of a test begins as a new one does. The
// modules of the app keep it for as long as they live.
import { toB64, type Bytes } from '#protocol/bytes'
import { checkpointDigest, hashesOf, writeCheckpoint } from '#protocol/staff/checkpoint'
import { checkAgainstCheckpoint } from '#site/staff/ledger/against-checkpoint.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { newestLeaves } from '#site/staff/ledger/newest-leaves.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'

const GENERATIONS = [1, 2, 3]
const WHOLE = '/api/staff/checkpoints/1'
const ANY_CASE = 'A'.repeat(22)
const NOBODY = { readers: new Map(), caseworkers: new Map() }

let empty: Promise<{ stored: Bytes; digest: string }> | undefined

/** A checkpoint of no case, which takes the place of the one that the modules keep. */
const emptyCheckpoint = (): NonNullable<typeof empty> =>
  (empty ??= writeCheckpoint(new Uint8Array(0)).then(async (stored) => ({
    stored,
    digest: toB64(await checkpointDigest(stored)),
  })))

/** Shows the modules another checkpoint, for which they drop what they keep. */
export async function freshTab(): Promise<void> {
  forgetSeen()
  for (const generation of GENERATIONS) forgetPieces(generation)
  const { stored, digest } = await emptyCheckpoint()
  const checkpoint = { signedBy: digest, row: 1, at: '2026-11-01T00:00Z', cases: 0, digest }
  const wire = globalThis.fetch
  globalThis.fetch = (path) =>
    Promise.resolve(new Response(path === WHOLE ? stored : hashesOf(stored)))
  try {
    await newestLeaves({ checkpoint, restart: null })
    await checkAgainstCheckpoint({ ...NOBODY, checkpoint, restart: null }, ANY_CASE, [])
  } finally {
    globalThis.fetch = wire
  }
}
