// Reads and ends a thread for the reporter.
// Replies are opened here, because their keys never leave the device.
import { inboxBody, openReply } from '#protocol/report/reply'
import { Refusal } from '#protocol/errors'
import { REPLY_BYTES, MAX_REPLIES } from '#protocol/limits'
import { destroyBody, ownerHashOf, type ReceiptKeys } from '#protocol/report/receipt'
import type { PlainReply } from '#protocol/report/plain-report'
import { call } from '../network/api.ts'
import { untilDone } from './send-report.ts'

/**
 * Reading stops after this many consecutive indexes that do not open. A damaged reply must not hide
 * a later reply.
 */
const EMPTY_INDEXES = 3

/**
 * Reads the replies, starting with index 0, until three indexes in a row do not open. The edge
 * responds in the same way to an empty index and to an unknown number: with random bytes.
 *
 * @param show  called with each reply as it arrives, so that a frozen connection loses only later
 * replies
 * @throws Refusal `network`
 */
export async function readReplies(
  { lookup, down }: ReceiptKeys,
  show: (reply: PlainReply) => void,
): Promise<void> {
  const ownerHash = await ownerHashOf(lookup)
  for (let index = 0, end = EMPTY_INDEXES; index < end && index < MAX_REPLIES; index++) {
    const { status, bytes } = await call('/api/inbox', inboxBody(lookup, index))
    if (status !== 200 || bytes.length !== REPLY_BYTES) throw new Refusal('network')
    const reply = await openReply(down, ownerHash, index, bytes)
    if (!reply) continue
    end = index + 1 + EMPTY_INDEXES
    show(reply)
  }
}

/**
 * Ends the thread, with several attempts if necessary. The edge responds with 204 only when the
 * thread has ended.
 *
 * @throws Refusal `network` when no attempt succeeded
 */
export async function endOwnThread(
  keys: ReceiptKeys,
  onRetry: (attempt: number) => void,
): Promise<void> {
  const code = await untilDone(async () => {
    const { status } = await call('/api/inbox/destroy', destroyBody(keys))
    return status === 204 ? '' : 'network'
  }, onRetry)
  if (code) throw new Refusal(code)
}
