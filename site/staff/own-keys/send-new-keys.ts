// Sends new keys. The old key signs the row, so that nobody else can end the old keys.
import { Refusal } from '#protocol/errors'
import { type PersonRekey } from '#protocol/staff/ledger/rows'
import { type Me } from '#protocol/staff/people/people'
import { type ReplacedKeys } from '#protocol/staff/people/slots'
import { sendAction } from '../api/send-action.ts'
import { followingHead } from '../api/send-signed.ts'
import { fetchLedgerHead } from '../api/ledger-api.ts'
import { fetchMe } from '../api/session-api.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/**
 * Sends new keys. After an interruption, the edge may already have the new keys; in that case, this
 * function returns the person.
 *
 * @param old  the keys that the new ones replace
 * @returns the person, who waits for a confirmation
 * @throws Refusal the codes of `sendAction` and `fetchLedgerHead`: for example, `last_reader`,
 *   `prove_again`, and `chain_moved` when colleagues acted first each time. `not_allowed` for a
 *   person who may not replace keys and whose new keys are not at the edge
 */
export async function sendNewKeys(
  old: Pick<UnlockedKeys, 'personId' | 'sign'>,
  made: Omit<ReplacedKeys, 'signed'>,
): Promise<Me> {
  const { signPublic, hpkePublic } = made.keys
  const change: PersonRekey = { signPublic, hpkePublic }
  const row = { action: 'person.rekey', subject: old.personId, change } as const
  try {
    return await followingHead(async ({ head }) => {
      const signed = await signChange(old, row, { prev: head, nowMs: Date.now() })
      return sendAction('person.rekey', { ...made, signed })
    }, fetchLedgerHead)
  } catch (thrown) {
    // A waiting person is not allowed to request the ledger head.
    if (!(thrown instanceof Refusal) || thrown.code !== 'not_allowed') throw thrown
    const me = await fetchMe()
    if (me.keys.signPublic !== signPublic) throw thrown
    return me
  }
}
