// Signs a change to a case and sends it. The signature covers the head of the case log. The head
// must follow every row of the case that this browser has seen.
import { Refusal } from '#protocol/errors'
import type { ChainHead, SignedChange } from '#protocol/staff/chain'
import { fetchCaseHead } from '../../api/case-api.ts'
import { noteOwnRow } from '../../api/own-rows.ts'
import { retryOn } from '../../api/retry-on.ts'
import { followingHead } from '../../api/send-signed.ts'
import { signCaseChange, type CaseLogChange, type CaseSigner } from '../../crypto/sign-change.ts'
import { rememberSigned } from '../../ledger/known-heads.ts'
import { isGrown } from './grown-head.ts'

/**
 * Tries to sign and send a change to a case, at most three times.
 *
 * @throws Refusal the codes of `send`. `log_older` for a head that lacks known rows. `chain_moved`
 *   when colleagues acted first each time. `ledger_behind` when a colleague signed under a newer
 *   ledger: the caller must then decide again.
 */
export const sendCaseSigned = (
  by: CaseSigner,
  change: CaseLogChange,
  send: (signed: SignedChange) => Promise<unknown>,
): Promise<void> =>
  followingHead(
    ({ head }) => sendAtHead(by, change, head, send),
    () => grownHead(by, change.subject),
  )

/** Signs a change that follows a row, sends it, and remembers it. @param prev  base64url */
export async function sendAtHead(
  by: CaseSigner,
  change: CaseLogChange,
  prev: string,
  send: (signed: SignedChange) => Promise<unknown>,
): Promise<void> {
  const signed = await signCaseChange(by, change, { prev, nowMs: Date.now() })
  await send(signed)
  noteOwnRow(change.subject)
  await rememberSigned(by.roster, [{ caseId: change.subject, prev, signed }])
}

/**
 * Tries at most three times to sign and send one change for each of two cases. The edge stores both
 * changes together.
 *
 * @param changes  receives the heads of both logs, base64url
 * @throws Refusal the codes of sendCaseSigned
 */
export const sendBothSigned = (
  by: CaseSigner,
  cases: readonly [string, string],
  changes: (heads: readonly [string, string]) => readonly [CaseLogChange, CaseLogChange],
  send: (signed: readonly [SignedChange, SignedChange]) => Promise<unknown>,
): Promise<void> =>
  followingHead(
    async (heads) => {
      const [one, other] = changes(heads)
      const nowMs = Date.now()
      const signed = [
        await signCaseChange(by, one, { prev: heads[0], nowMs }),
        await signCaseChange(by, other, { prev: heads[1], nowMs }),
      ] as const
      await send(signed)
      await rememberSigned(by.roster, [
        { caseId: cases[0], prev: heads[0], signed: signed[0] },
        { caseId: cases[1], prev: heads[1], signed: signed[1] },
      ])
    },
    async (): Promise<[string, string]> => {
      const [one, other] = await Promise.all([grownHead(by, cases[0]), grownHead(by, cases[1])])
      return [one.head, other.head]
    },
  )

/**
 * Fetches the head again if this browser stored a row during the fetch.
 *
 * @throws Refusal `log_older` for a head that lacks rows that this browser has seen
 */
const grownHead = ({ roster }: CaseSigner, caseId: string): Promise<ChainHead> =>
  retryOn(['log_older'], async () => {
    const now = await fetchCaseHead(caseId)
    if (!(await isGrown(roster, caseId, now.head))) throw new Refusal('log_older')
    return now
  })
