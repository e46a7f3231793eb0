// Sends new keys. The old key signs the row, so that nobody else can end the old keys.
import { type PersonRekey } from '#protocol/staff/ledger'
import { type Me } from '#protocol/staff/people'
import { type ReplacedKeys } from '#protocol/staff/slots'
import { postNewKeys } from '../api/own-keys-api.ts'
import { followingHead } from '../api/send-signed.ts'
import { fetchLedgerHead } from '../api/staff-api.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/**
 * @param old  the keys that end
 * @returns the person, who waits for a confirmation
 * @throws Refusal `last_reader`, `prove_again`, `challenge_unknown`, and as followingHead does
 */
export function sendNewKeys(
  old: Pick<UnlockedKeys, 'personId' | 'sign'>,
  made: Omit<ReplacedKeys, 'signed'>,
): Promise<Me> {
  const { signPublic, hpkePublic } = made.keys
  const change: PersonRekey = { signPublic, hpkePublic }
  const row = { action: 'person.rekey', subject: old.personId, change } as const
  return followingHead(
    async ({ head }) =>
      postNewKeys({
        ...made,
        signed: await signChange(old, row, { prev: head, nowMs: Date.now() }),
      }),
    fetchLedgerHead,
  )
}
