// Signs a change whose content depends on the current state of the case. Each attempt reads the
// case again and checks its log. The edge refuses the row when a colleague has extended the log in
// the meantime.
import { toB64 } from '#protocol/bytes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { SignedChange } from '#protocol/staff/chain'
import { followingHead } from '../../api/send-signed.ts'
import type { CaseLogChange } from '../../crypto/sign-change.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { fetchJudged } from './fetch-judged.ts'
import { sendAtHead } from './send-case-signed.ts'

/**
 * @param subject   case id
 * @param changeFor  throws a Refusal when the change is no longer allowed
 * @throws Refusal the codes of requireLog, `changeFor` and `post`; `chain_moved` when colleagues
 *   acted first each time
 */
export const sendFollowing = (
  by: CaseWriter,
  subject: string,
  changeFor: (now: StoredCase, log: CaseLog) => CaseLogChange | Promise<CaseLogChange>,
  post: (signed: SignedChange) => Promise<unknown>,
): Promise<void> =>
  followingHead(
    ({ head, change }) => sendAtHead(by, change, head, post),
    async () => {
      const { stored, log } = await fetchJudged(by, subject)
      return { change: await changeFor(stored, log), head: toB64(log.head) }
    },
  )
