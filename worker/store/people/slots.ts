// Stores the slots of a person. The passkey of a slot is stored and deleted together with the slot.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { spendChallenge } from './challenge-key.ts'
import { deleteCredential, insertCredential, type Credential } from './credentials.ts'
import { runTogether, type Database } from '../database.ts'
import { slots } from '../schema/people.ts'

export interface StoredSlot {
  id: Bytes
  kind: 'prf' | 'passphrase'
  credentialId: Bytes | null
  salt: Bytes
  memoryKib: number
  passes: number
  sealedMaster: Bytes
  /** hashes of the proof that a sign-in with this sheet presents; null for a passkey */
  paper: { lookupHash: Bytes; proofHash: Bytes } | null
  name: string
  addedDay: string
}

/**
 * Builds the statement that stores a slot of a person. The device has tested a new slot, so
 * `addedDay` is also its first `tried_day`.
 *
 * @param condition  the slot is stored only if this condition is met
 */
export const insertSlot = (slot: StoredSlot, person: Bytes, condition: SQL): SQL => sql`
  INSERT INTO slots (id, person, kind, credential_id, salt, memory_kib, passes, sealed_master,
    lookup_hash, proof_hash, name, added_day, tried_day)
  SELECT ${slot.id}, id, ${slot.kind}, ${slot.credentialId}, ${slot.salt}, ${slot.memoryKib},
    ${slot.passes}, ${slot.sealedMaster}, ${slot.paper?.lookupHash ?? null},
    ${slot.paper?.proofHash ?? null}, ${slot.name}, ${slot.addedDay}, ${slot.addedDay}
  FROM people WHERE id = ${person} AND ${condition} RETURNING 1`

/**
 * Stores a new slot, and the passkey of the slot. Storing a passkey spends its challenge.
 *
 * @param most  maximum number of a person's slots
 * @returns false, and stores nothing, when the person has `most` slots, or when the challenge was
 *   already spent
 */
export async function addSlot(
  db: Database,
  person: Bytes,
  slot: StoredSlot,
  { passkey, most }: { passkey: NewPasskey | null; most: number },
): Promise<boolean> {
  const hasRoom = sql`(SELECT count(*) FROM slots WHERE person = ${person}) < ${most}`
  if (!passkey) return (await runTogether(db, [insertSlot(slot, person, hasRoom)]))[0] === 1
  const added = await runTogether(db, [
    spendChallenge(passkey.challenge),
    insertSlot(slot, person, sql`changes() = 1 AND ${hasRoom}`),
    insertCredential(passkey.credential, sql`changes() = 1`),
  ])
  return added[1] === 1
}

interface NewPasskey {
  challenge: { id: Bytes; expiresAt: number }
  credential: Credential
}

/** Renames a slot. Returns false when the person has no such slot. */
export const renameSlot = async (
  db: Database,
  person: Bytes,
  id: Bytes,
  name: string,
): Promise<boolean> =>
  (
    await runTogether(db, [
      sql`UPDATE slots SET name = ${name} WHERE id = ${id} AND person = ${person} RETURNING 1`,
    ])
  )[0] === 1

/** Returns a slot's passkey, which is null for a sheet; returns null if there is no such slot. */
export const findSlot = async (
  db: Database,
  person: Bytes,
  id: Bytes,
): Promise<{ credentialId: Bytes | null } | null> =>
  (await db
    .select({ credentialId: slots.credentialId })
    .from(slots)
    .where(and(eq(slots.id, id), eq(slots.person, person)))
    .get()) ?? null

/**
 * Deletes a slot, and the passkey of the slot.
 *
 * @returns false, and deletes nothing, unless two other slots remain and one of them is paper
 */
export async function deleteSlot(
  db: Database,
  person: Bytes,
  id: Bytes,
  credentialId: Bytes | null,
): Promise<boolean> {
  const others = sql`FROM slots AS other WHERE other.person = ${person} AND other.id <> ${id}`
  const [deleted] = await runTogether(db, [
    sql`DELETE FROM slots WHERE id = ${id} AND person = ${person}
      AND (SELECT count(*) ${others}) >= 2
      AND EXISTS (SELECT 1 ${others} AND other.kind = 'passphrase') RETURNING 1`,
    ...(credentialId ? [deleteCredential(person, credentialId)] : []),
  ])
  return deleted === 1
}
