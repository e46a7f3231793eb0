// Signs a change and sends it. The signature covers the head of the chain, so the head is fetched
// right before. If a colleague extends the chain meanwhile, the server writes nothing. The app then
// signs the change again for the new head.
import { Refusal } from '#protocol/errors'
import { isCaseAction } from '#protocol/staff/actions'
import type { ChainHead, SignedChange } from '#protocol/staff/chain'
import { signChange, type Change } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { fetchCaseHead } from './case-api.ts'
import { noteOwnRow } from './own-rows.ts'
import { fetchLedgerHead } from './ledger-api.ts'

const TRIES = 3

/**
 * Signs and sends a change, three times at most.
 *
 * @throws Refusal as `send` does; `chain_moved` when colleagues were faster each time
 */
export const sendSigned = (
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  change: Change,
  send: (signed: SignedChange) => Promise<unknown>,
): Promise<void> =>
  followingHead(
    async ({ head }) => {
      await send(await signChange(keys, change, { prev: head, nowMs: Date.now() }))
      noteOwnRow(change.subject)
    },
    () => headFor(change),
  )

/**
 * Signs two changes of two cases, which the edge stores together, and sends them, three times at
 * most.
 *
 * @param changes  gets the heads of both logs, base64url
 * @throws Refusal as sendSigned does
 */
export const sendBothSigned = (
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  cases: readonly [string, string],
  changes: (heads: readonly [string, string]) => readonly [Change, Change],
  send: (signed: readonly [SignedChange, SignedChange]) => Promise<unknown>,
): Promise<void> =>
  followingHead(
    async (heads) => {
      const [one, other] = changes(heads)
      const nowMs = Date.now()
      await send([
        await signChange(keys, one, { prev: heads[0], nowMs }),
        await signChange(keys, other, { prev: heads[1], nowMs }),
      ])
    },
    async (): Promise<[string, string]> => {
      const [one, other] = await Promise.all([fetchCaseHead(cases[0]), fetchCaseHead(cases[1])])
      return [one.head, other.head]
    },
  )

/** A change of a case follows the log of that case, every other change the ledger. */
const headFor = ({ action, subject }: Change): Promise<ChainHead> =>
  isCaseAction(action) ? fetchCaseHead(subject) : fetchLedgerHead()

/** Runs `send` for the head of a chain, and again for the new head when the chain has moved. */
export async function followingHead<Result, Head = ChainHead>(
  send: (head: Head) => Promise<Result>,
  fetchHead: () => Promise<Head>,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    const head = await fetchHead()
    try {
      return await send(head)
    } catch (thrown) {
      const moved = thrown instanceof Refusal && thrown.code === 'chain_moved'
      if (!moved || tried === TRIES) throw thrown
    }
  }
}
