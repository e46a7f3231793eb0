// Restarts the ledger after a restore, and accepts the restart of a colleague.
import { fromB64, toB64 } from '#protocol/bytes'
import { rowHash } from '#protocol/staff/chain'
import { minuteOf } from '#protocol/time'
import { postRestart } from '../api/ledger-api.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { rememberHead } from './remembered-head.ts'
import { rememberRoster, type OlderLedger } from './verify-ledger.ts'

/**
 * Signs that the ledger goes on from the rows that this browser sees. The signer's own browser
 * accepts the restart at once.
 *
 * @throws Refusal `not_allowed` for somebody who is no keeper, `chain_moved` when the ledger has
 *   other rows by now
 */
export async function sendRestart(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { roster, lostHead }: OlderLedger,
): Promise<void> {
  const nowMs = Date.now()
  const change = { lostHead: toB64(lostHead) }
  const signed = await signChange(
    keys,
    { action: 'ledger.restart', subject: keys.personId, change },
    { prev: toB64(roster.head), nowMs },
  )
  await postRestart(signed)
  const head = await rowHash(roster.head, { ...signed, signature: fromB64(signed.signature) })
  rememberHead(roster.rootId, { head, at: minuteOf(nowMs) })
}

/** Goes on with a ledger that a keeper has restarted. The next verification finds it whole. */
export const acceptRestart = ({ roster }: OlderLedger): void => rememberRoster(roster)
