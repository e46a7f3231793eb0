// Signs a change and sends it. The signature holds its place in the audit, so the audit's head is asked for right before; when a
// colleague's change took the place meanwhile, nothing was written, and it is signed for the next one without a word.
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff'
import { signChange, type Change } from '../keys/sign-change.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'
import { fetchAuditHead } from './staff-api.ts'

const TRIES = 3

/** @throws Refusal as `send` does; `audit_moved` when colleagues were faster each time */
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
