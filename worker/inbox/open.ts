// Opens the answers of a number for a person without JavaScript, in memory: the only thing that the worker can open, and only
// with the number that was just typed.
import { sha256 } from '#protocol/bytes'
import { openAnswer } from '#protocol/answer'
import type { ReceiptKeys } from '#protocol/receipt'
import type { PlainAnswer } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { listAnswers } from '#worker/store/answers'

/** The answers in the order in which they were given; none for an unknown number. */
export async function openInbox(deps: Deps, keys: ReceiptKeys): Promise<PlainAnswer[]> {
  const lookupHash = await sha256(keys.lookup)
  const opened: PlainAnswer[] = []
  for (const { slot, sealed } of await listAnswers(deps.db, lookupHash)) {
    const answer = await openAnswer(keys.down, lookupHash, slot, sealed)
    if (answer) opened.push(answer)
  }
  return opened
}
