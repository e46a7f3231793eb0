// Restarts the ledger after a restore, and accepts a colleague's restart.
import { fromB64, toB64 } from '#protocol/bytes'
import { rowHash } from '#protocol/staff/chain'
import { type LedgerRestart } from '#protocol/staff/ledger/keys'
import { lineHead } from '#protocol/staff/ledger/line'
import { minuteOf } from '#protocol/time'
import { sendAction } from '../api/send-action.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { forgetSeen } from './known-heads.ts'
import { forgetFork, rememberHead } from './remembered-head.ts'
import { rememberRoster, type OtherLedger } from './verify-ledger.ts'

/**
 * Signs a row stating that the ledger continues from the rows that this browser sees. The signer's
 * own browser accepts the restart immediately.
 *
 * @throws Refusal `not_allowed` for a person who is not a keeper, `chain_moved` when the ledger
 *   has changed in the meantime
 */
export async function sendRestart(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { roster, lost }: OtherLedger,
): Promise<void> {
  const nowMs = Date.now()
  const cut = { n: lost.n, hash: toB64(lost.head) }
  const change: LedgerRestart = { kept: lineHead(roster), cut }
  const signed = await signChange(
    keys,
    { action: 'ledger.restart', subject: keys.personId, change },
    { prev: toB64(roster.head), nowMs },
  )
  await sendAction('ledger.restart', signed)
  const head = await rowHash(roster.head, { ...signed, signature: fromB64(signed.signature) })
  rememberHead(roster.rootId, { n: roster.rows + 1, head, at: minuteOf(nowMs) })
  forgetFork(roster.rootId)
  forgetSeen()
}

/** Continues with a ledger that a keeper has restarted. The next verification finds it valid. */
export function acceptRestart({ roster }: OtherLedger): void {
  rememberRoster(roster)
  forgetFork(roster.rootId)
  forgetSeen()
}
