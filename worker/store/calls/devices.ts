// Stores the devices that alerts call. A device's address and keys are sealed.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, runTogether, type Database } from '../database.ts'

export interface StoredDevice {
  id: Bytes
  person: Bytes
  sealed: Bytes
  addedDay: string
}

export const deviceFrom = (row: Record<string, unknown>): StoredDevice => ({
  id: bytesFrom(row['id']),
  person: bytesFrom(row['person']),
  sealed: bytesFrom(row['sealed']),
  addedDay: String(row['added_day']),
})

/**
 * Stores a device. If another person previously used the browser, the device then belongs to the
 * new person.
 *
 * @returns false, and stores nothing, when the person already has `most` other devices
 */
export async function storeDevice(
  db: Database,
  { id, person, sealed, addedDay }: StoredDevice,
  most: number,
): Promise<boolean> {
  const [, stored] = await runTogether(db, [
    sql`DELETE FROM devices WHERE id = ${id} AND person <> ${person}`,
    sql`INSERT INTO devices (id, person, sealed, added_day)
      SELECT ${id}, ${person}, ${sealed}, ${addedDay} WHERE
        (SELECT count(*) FROM devices WHERE person = ${person} AND id <> ${id}) < ${most}
      ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed RETURNING 1`,
  ])
  return stored === 1
}

/** Deletes a device of a person. @returns false for a device that the person does not have */
export async function deleteOwnDevice(db: Database, person: Bytes, id: Bytes): Promise<boolean> {
  const [deleted] = await runTogether(db, [
    sql`DELETE FROM devices WHERE id = ${id} AND person = ${person} RETURNING 1`,
  ])
  return deleted === 1
}

/** Deletes devices that no longer receive calls. */
export async function deleteDevices(db: Database, ids: readonly Bytes[]): Promise<void> {
  if (ids.length === 0) return
  await runTogether(
    db,
    ids.map((id): SQL => sql`DELETE FROM devices WHERE id = ${id}`),
  )
}
