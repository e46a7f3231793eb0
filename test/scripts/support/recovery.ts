// Makes exports of an organisation, and newcomers who request a certificate, for recovery tests.
import { randomBytes, toB64 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { Organisation } from '#scripts/org/organisation'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { unlockKeys, type KeysBeforeProof } from '#site/staff/crypto/unlock.ts'
import { ledgerRowOf } from '#site/staff/recovery/chained-row.ts'
import type { ExportFile } from '#site/staff/recovery/export-file.ts'
import type { JoinRequest } from '#site/staff/recovery/join-request.ts'

export interface TestNewcomer {
  id: string
  keys: { signPublic: string; hpkePublic: string }
  /** the keys and the hash of the name, in the form of a row about the person */
  own: { signPublic: string; hpkePublic: string; nameHash: string }
  unlocked: KeysBeforeProof
}

/** Returns the export of an organisation with one epoch. */
export const exportOf = (
  { ledger, epoch, manifest, hybridKey, sealedForRecovery, firstDay }: Organisation,
  rows: readonly LedgerRow[] = ledger,
): ExportFile => ({
  v: 1,
  day: dayOf(firstDay * 86_400_000),
  rows: rows.map(ledgerRowOf),
  epochs: [
    {
      epoch,
      manifest: toB64(manifest),
      hybridKey: toB64(hybridKey),
      sealedForRecovery: toB64(sealedForRecovery),
    },
  ],
  teams: [],
})

export async function testNewcomer(): Promise<TestNewcomer> {
  const { keys, master } = await makeKeys()
  const id = toB64(randomBytes(16))
  const { signPublic, hpkePublic } = keys
  const me = { id, name: 'Айгүл', roles: [], keys, slots: [], intake: [], team: [], manifest: '' }
  const { nameHash } = await saltName(me.name)
  return {
    id,
    keys: { signPublic, hpkePublic },
    own: { signPublic, hpkePublic, nameHash },
    unlocked: await unlockKeys(me, master),
  }
}

/**
 * Returns the request of a newcomer, as the staff app writes it.
 *
 * @param head        hash of the last row, base64url
 * @param invitation  token hash, base64url
 * @param row         hash of the invitation's row, base64url
 */
export async function requestOf(
  { id: person, keys, own, unlocked }: TestNewcomer,
  { head, invitation, row }: { head: string; invitation: string; row: string },
  nowMs: number,
): Promise<JoinRequest> {
  const change = { ...own, invitation, invitationRow: row }
  const joined = { action: 'person.join', subject: person, change } as const
  const join = await signChange(unlocked, joined, { prev: head, nowMs })
  return { v: 1, person, keys, invitation, join }
}
