// Stores or deletes the sealed record of a receiver, with a ledger row that contains the record's
// hash. Readers list the records and seal them again after a departure.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { NewReceiver, ReceiverList, SealedReceiver } from '#protocol/staff/receivers'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import {
  deleteReceiver,
  hasRoom,
  listStoredReceivers,
  putReceiver,
  resealReceiver,
} from '#worker/store/receivers'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`. `chain_moved`, which can also
 *   mean that the generation is not the newest. `receivers_full` when the maximum number of
 *   receivers is already stored. `not_found` when there is no record to delete.
 */
export async function setReceiver(
  deps: StaffDeps,
  id: string,
  { signed, record }: NewReceiver,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'receiver.set',
    subject: id,
  })
  if (change.receiver !== id || (record === null) !== (change.recordHash === null))
    throw new Refusal('malformed')
  const receiver = parseB64(id)
  if (record === null) {
    if (!(await deleteReceiver(deps.db, receiver, entry))) throw new Refusal('not_found')
    return
  }
  const step = { generation: record.generation, sealed: parseB64(record.sealed) }
  if (await putReceiver(deps.db, receiver, step, entry)) return
  throw new Refusal((await hasRoom(deps.db, receiver)) ? 'chain_moved' : 'receivers_full')
}

/** Lists the records, which only the team key can open. @throws Refusal `not_allowed` */
export async function listReceivers(deps: StaffDeps): Promise<ReceiverList> {
  requireRole(deps.actor, 'intake')
  const stored = await listStoredReceivers(deps.db)
  return {
    receivers: stored.map(({ id, generation, sealed }) => ({
      ...{ id: toB64(id), generation, sealed: toB64(sealed) },
    })),
  }
}

/**
 * Replaces the sealed form of a record. The row is not signed again, because every browser compares
 * an opened record with the hash in the ledger.
 *
 * @throws Refusal `not_allowed`, `malformed`. `not_found` for an unknown receiver, and for a
 *   generation that is not the newest.
 */
export async function keepReceiver(
  deps: StaffDeps,
  id: string,
  { generation, sealed }: SealedReceiver,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const step = { generation, sealed: parseB64(sealed) }
  if (!(await resealReceiver(deps.db, parseB64(id), step))) throw new Refusal('not_found')
}
