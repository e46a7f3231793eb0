// Reads the replies for a receipt: sealed for the page, or opened for a person without JavaScript.
import { readU32, type Bytes } from '#protocol/bytes'
import { REPLY_BYTES, LOOKUP_BYTES, READING_INDEX } from '#protocol/limits'
import { Refusal } from '#protocol/errors'
import type { PlainReply } from '#protocol/report/plain-report'
import { ownerHashOf, type ReceiptKeys } from '#protocol/report/receipt'
import { openReply } from '#protocol/report/reply'
import type { Deps } from '#worker/deps'
import { findReadingMark } from '#worker/store/reports/reading-mark'
import { findReply, listReplies } from '#worker/store/reports/replies'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'

const INBOX_BYTES = LOOKUP_BYTES + 4

/**
 * Reads the sealed reply at an index, for the holder of a receipt's lookup. An unknown receipt, an
 * empty index and a reply are indistinguishable: each takes one query and returns 4,096 bytes. For
 * READING_INDEX, the edge instead sends one request to R2. The response looks the same with and
 * without a mark.
 *
 * @param body  lookup (16) ‖ index (4, big endian)
 * @returns 4,096 bytes: the sealed reply or mark, or noise
 * @throws Refusal `malformed` for a wrong length
 */
export async function readReply(deps: Deps, body: Bytes): Promise<Bytes> {
  if (body.length !== INBOX_BYTES) throw new Refusal('malformed')
  const ownerHash = await ownerHashOf(body.slice(0, LOOKUP_BYTES))
  // The noise is generated on every call, so that a miss does not take longer than a hit.
  const noise = deps.random(REPLY_BYTES)
  const index = readU32(body, LOOKUP_BYTES)
  if (index === READING_INDEX) return (await readingMark(deps, ownerHash)) ?? noise
  return (await findReply(deps.db, ownerHash, index)) ?? noise
}

/**
 * Also returns null when R2 does not respond, because the absence of a mark never guarantees
 * anything.
 */
async function readingMark({ bucket, now }: Deps, ownerHash: Bytes): Promise<Bytes | null> {
  const mark = await withTimeout(() => findReadingMark(bucket, ownerHash, now()))
  return mark === NO_ANSWER ? null : mark
}

/** Returns true when a colleague is currently reading messages from the holder of a receipt. */
export async function isBeingRead(deps: Deps, { lookup, down }: ReceiptKeys): Promise<boolean> {
  const ownerHash = await ownerHashOf(lookup)
  const mark = await readingMark(deps, ownerHash)
  return mark !== null && (await openReply(down, ownerHash, READING_INDEX, mark)) !== null
}

/**
 * Opens all replies for a receipt, in order and only in memory. An unknown receipt has no replies.
 * The edge can open only replies, and only with the receipt that the person has just typed.
 */
export async function openReplies(deps: Deps, keys: ReceiptKeys): Promise<PlainReply[]> {
  const ownerHash = await ownerHashOf(keys.lookup)
  const opened: PlainReply[] = []
  for (const { index, sealed } of await listReplies(deps.db, ownerHash)) {
    const reply = await openReply(keys.down, ownerHash, index, sealed)
    if (reply) opened.push(reply)
  }
  return opened
}
