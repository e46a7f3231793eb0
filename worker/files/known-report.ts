// Chunks are taken in only beside a report, so that the storage is no place for anybody's bytes. The report goes first.
import type { Bytes } from '#protocol/bytes'
import type { Deps } from '#worker/deps'
import { isWaiting } from '#worker/store/overflow'
import { findEnvelopeHash } from '#worker/store/reports'

/**
 * True when a report or follow-up with this id was taken in: it is in the database or waits to be put there. When one of the two
 * cannot say and the other does not know it, the answer is yes: a file must not be lost with the report safe.
 */
export async function isKnownReport(deps: Deps, id: Bytes): Promise<boolean> {
  for (const knows of [isStored, waits])
    try {
      if (await knows(deps, id)) return true
    } catch {
      return true
    }
  return false
}

const isStored = async (deps: Deps, id: Bytes): Promise<boolean> =>
  (await findEnvelopeHash(deps.db, id)) !== null

const waits = (deps: Deps, id: Bytes): Promise<boolean> => isWaiting(deps.bucket, id)
