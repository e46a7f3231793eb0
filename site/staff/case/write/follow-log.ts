// Signs a change whose content depends on the case as it is now. Each try reads the case anew and
// judges its log. The edge refuses the row when a colleague extended the log meanwhile.
import { toB64 } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/stored-case'
import type { CaseAction } from '#protocol/staff/actions'
import type { CaseLog } from '#protocol/staff/case-log-state'
import type { SignedChange } from '#protocol/staff/chain'
import { followingHead } from '../../api/send-signed.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { fetchJudged } from './fetch-judged.ts'
import { sendAtHead } from './send-case-signed.ts'

interface FollowedChange<Change extends object> {
  action: CaseAction
  /** id of the case */
  subject: string
  /** @throws Refusal when the change is not right any more */
  changeFor: (now: StoredCase, log: CaseLog) => Change | Promise<Change>
}

/**
 * @throws Refusal as requireLog, `changeFor` and `post` do; `chain_moved` when colleagues were
 *   faster
 */
export async function sendFollowing<Change extends object>(
  by: CaseWriter,
  { action, subject, changeFor }: FollowedChange<Change>,
  post: (signed: SignedChange) => Promise<unknown>,
): Promise<void> {
  let change: object = {}
  await followingHead(
    ({ head }) => sendAtHead(by, { action, subject, change }, head, post),
    async () => {
      const { stored, log } = await fetchJudged(by, subject)
      change = await changeFor(stored, log)
      return { head: toB64(log.head) }
    },
  )
}
