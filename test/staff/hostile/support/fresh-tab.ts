// Empties a tab's memory, so that every tab in a test starts fresh. The modules of the app keep
// this memory for their entire lifetime.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { NO_ROW } from '#protocol/staff/chain'
import { checkpointDigest, hashesOf, writeCheckpoint } from '#protocol/staff/ledger/checkpoint'
import { writeLeaves } from '#protocol/staff/ledger/checkpoint-leaves'
import { checkAgainstCheckpoint } from '#site/staff/ledger/against-checkpoint.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { newestLeaves } from '#site/staff/ledger/newest-leaves.ts'
import { forgetPieces } from '#site/staff/search/hold-pieces.ts'

const GENERATIONS = [1, 2, 3]
const WHOLE = '/api/staff/checkpoints/1'
/** The id of a case in the first bucket of a checkpoint. */
const ANY_CASE = 'A'.repeat(22)
const NOBODY = { readers: new Map(), caseworkers: new Map() }

interface AnyCheckpoint {
  stored: Bytes
  digest: string
}

/** Writes a checkpoint with one case that exists nowhere else. */
async function anyCheckpoint(): Promise<AnyCheckpoint> {
  const caseId = randomBytes(ID_BYTES).fill(0xff, 0, 1)
  const stored = await writeCheckpoint(writeLeaves([{ caseId, n: 1, hash: NO_ROW, facts: NO_ROW }]))
  return { stored, digest: toB64(await checkpointDigest(stored)) }
}

/** Two alternating checkpoints, so that the modules always see a new checkpoint. */
const inTurn: Promise<AnyCheckpoint>[] = []
let turn = 0

/** Shows the modules a different checkpoint, so that they discard everything in memory. */
export async function freshTab(): Promise<void> {
  forgetSeen()
  for (const generation of GENERATIONS) forgetPieces(generation)
  turn = 1 - turn
  const { stored, digest } = await (inTurn[turn] ??= anyCheckpoint())
  const checkpoint = { signedBy: digest, row: 1, at: '2026-11-01T00:00Z', cases: 1, digest }
  const wire = globalThis.fetch
  globalThis.fetch = (path) =>
    Promise.resolve(new Response(path === WHOLE ? stored : hashesOf(stored)))
  try {
    await checkAgainstCheckpoint({ ...NOBODY, checkpoint, restart: null }, ANY_CASE, [])
    await newestLeaves({ checkpoint, restart: null })
  } finally {
    globalThis.fetch = wire
  }
}
