// Signs a change and sends it. The signature covers the head of the chain, so the head is fetched
// just beforehand. If a colleague extends the chain in the meantime, the server stores nothing. The
// app then signs the change again, for the new head.
import type { ChainHead, SignedChange } from '#protocol/staff/chain'
import { signChange, type LedgerChange, type SigningKeys } from '../crypto/sign-change.ts'
import { fetchLedgerHead } from './ledger-api.ts'
import { retryOn } from './retry-on.ts'

/**
 * Signs and sends a change to the organisation, at most three times.
 *
 * @throws Refusal the codes of `send`; `chain_moved` when colleagues acted first each time
 */
export const sendSigned = (
  keys: SigningKeys,
  change: LedgerChange,
  send: (signed: SignedChange) => Promise<unknown>,
): Promise<void> =>
  followingHead(async ({ head }) => {
    await send(await signChange(keys, change, { prev: head, nowMs: Date.now() }))
  }, fetchLedgerHead)

/** Runs `send` for the head of a chain, and again for the new head if the chain has moved. */
export const followingHead = <Result, Head = ChainHead>(
  send: (head: Head) => Promise<Result>,
  fetchHead: () => Promise<Head>,
): Promise<Result> => retryOn(['chain_moved'], async () => send(await fetchHead()))
