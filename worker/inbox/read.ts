// Reads an answer for whoever shows a number's lookup. An unknown number, an empty slot and an answer look alike: one search,
// 4,096 bytes.
import { readU32, sha256, type Bytes } from '#protocol/bytes'
import { ANSWER_BYTES, LOOKUP_BYTES } from '#protocol/limits'
import { Refusal } from '#protocol/errors'
import type { Deps } from '#worker/deps'
import { findAnswer } from '#worker/store/answers'

const INBOX_BYTES = LOOKUP_BYTES + 4

/**
 * @param asked lookup (16) ‖ slot (4, big endian)
 * @returns 4,096 bytes: the sealed answer, or noise
 * @throws Refusal `malformed` for another length
 */
export async function readInbox(deps: Deps, asked: Bytes): Promise<Bytes> {
  if (asked.length !== INBOX_BYTES) throw new Refusal('malformed')
  const lookupHash = await sha256(asked.slice(0, LOOKUP_BYTES))
  // Made every time, so that an answer found saves no time.
  const noise = deps.random(ANSWER_BYTES)
  return (await findAnswer(deps.db, lookupHash, readU32(asked, LOOKUP_BYTES))) ?? noise
}
