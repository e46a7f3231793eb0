// Ends a thread for its reporter: the number is dead and the answers are gone. What the staff have received stays with them.
import { sha256, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LOOKUP_BYTES, TOKEN_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { destroyNumber } from '#worker/store/answers'

const DESTROY_BYTES = LOOKUP_BYTES + TOKEN_BYTES

/**
 * Tells nothing about whether there was such a number.
 *
 * @param asked lookup (16) ‖ write token (32)
 * @throws Refusal `malformed` for another length
 */
export async function destroyThread(deps: Deps, asked: Bytes): Promise<void> {
  if (asked.length !== DESTROY_BYTES) throw new Refusal('malformed')
  await destroyNumber(
    deps.db,
    await sha256(asked.slice(0, LOOKUP_BYTES)),
    await sha256(asked.slice(LOOKUP_BYTES)),
  )
}
