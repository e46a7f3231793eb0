// A thread as the reporter sees it: answers are opened here, with keys that never leave the device.
import { inboxBody, openAnswer } from '#protocol/answer'
import { sha256 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ANSWER_BYTES, MAX_SLOTS } from '#protocol/limits'
import { destroyBody, type ReceiptKeys } from '#protocol/receipt'
import type { PlainAnswer } from '#protocol/report'
import { call } from './call.ts'

/**
 * Reads slots from 0 to the first that does not open: an empty slot and an unknown number are the same noise.
 *
 * @param show  called with each answer as it comes, so that a frozen connection loses only the rest
 * @throws Refusal `network`
 */
export async function readAnswers(
  { lookup, down }: ReceiptKeys,
  show: (answer: PlainAnswer) => void,
): Promise<void> {
  const lookupHash = await sha256(lookup)
  for (let slot = 0; slot < MAX_SLOTS; slot++) {
    const { status, bytes } = await call('/api/inbox', inboxBody(lookup, slot))
    if (status !== 200 || bytes.length !== ANSWER_BYTES) throw new Refusal('network')
    const answer = await openAnswer(down, lookupHash, slot, bytes)
    if (!answer) return
    show(answer)
  }
}

/** Ends the thread. Throws Refusal `network`. */
export async function destroyThread(keys: ReceiptKeys): Promise<void> {
  const { status } = await call('/api/inbox/destroy', destroyBody(keys))
  if (status !== 204) throw new Refusal('network')
}
