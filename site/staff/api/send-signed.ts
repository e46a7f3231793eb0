// Signs a change for the audit chain and sends the change. The signature covers the head of the
// chain, so the head is fetched right before. If a colleague extends the chain meanwhile, the
// server writes nothing. The app then signs the change again for the new head.
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff/audit'
import { signChange, type Change } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { fetchAuditHead } from './staff-api.ts'

const TRIES = 3

/**
 * Signs and sends a change, three times at most.
 *
 * @throws Refusal as `send` does; `audit_moved` when colleagues were faster each time
 */
export async function sendSigned(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  change: Change,
  send: (signed: SignedChange) => Promise<unknown>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    const { head } = await fetchAuditHead()
    const signed = await signChange(keys, change, { prev: head, nowMs: Date.now() })
    try {
      await send(signed)
      return
    } catch (thrown) {
      const moved = thrown instanceof Refusal && thrown.code === 'audit_moved'
      if (!moved || tried === TRIES) throw thrown
    }
  }
}
