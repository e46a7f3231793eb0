// Ends a thread for its reporter: the number is dead and the answers are gone. What the staff have received stays with them.
import { sha256, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LOOKUP_BYTES, TOKEN_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { inTime } from '#worker/in-time'
import { destroyNumbers } from '#worker/store/answers'
import { noteEnded } from '#worker/store/ended'
import { anythingWaits } from '#worker/store/overflow'

const DESTROY_BYTES = LOOKUP_BYTES + TOKEN_BYTES

/**
 * Tells nothing about whether there was such a number. Whatever the number, while anything waits in R2 it is noted there first, for
 * the drain, which looks for it after it has stored something (see worker/upkeep/drain.ts); when R2 fails the database is asked all
 * the same.
 *
 * @param asked lookup (16) ‖ write token (32)
 * @throws Refusal `malformed` for another length
 */
export async function destroyThread(deps: Deps, asked: Bytes): Promise<void> {
  if (asked.length !== DESTROY_BYTES) throw new Refusal('malformed')
  const ended = {
    lookupHash: await sha256(asked.slice(0, LOOKUP_BYTES)),
    tokenHash: await sha256(asked.slice(LOOKUP_BYTES)),
  }
  await inTime(async () => {
    if (await anythingWaits(deps.bucket)) await noteEnded(deps.bucket, ended)
  })
  await destroyNumbers(deps.db, [ended])
}
