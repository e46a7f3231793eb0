// Writes one backup: reads both stores, seals their contents to the next key, and keeps only the
// newest backups.
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { minuteOf } from '#protocol/time'
import { copyDatabase, type CopiedDatabase } from '#scripts/backup/copy-database'
import { copyOthers, copyWaiting } from '#scripts/backup/copy-objects'
import type { Emit } from '#scripts/backup/emit-rows'
import { dropOldBackups, backupName, prepareFolder } from '#scripts/backup/backup-folder'
import { dropPublicKey, idText, waitingKeys } from '#scripts/backup/backup-keys'
import { writeRecord } from '#scripts/backup/records'
import { sealInto } from '#scripts/backup/sealed-stream'
import type { Stores } from '#scripts/backup/stores'
import { Stop } from '#scripts/shared/progress'

export interface WrittenBackup extends CopiedDatabase {
  path: string
  /**
   * the minute when the backup began; the backup holds everything that was stored before that
   * minute
   */
  at: string
  objects: number
  /** names of older backups that were deleted */
  dropped: string[]
  /** number of keys that are waiting for further backups */
  keysLeft: number
}

/**
 * @param folder  the folder of the backups
 * @param clock  the time, in milliseconds since 1970
 * @throws Stop without a waiting key, and when copyDatabase throws; no file is left behind in
 *   either case
 */
export async function writeBackup(
  { database, bucket }: Stores,
  folder: string,
  clock: () => number = Date.now,
): Promise<WrittenBackup> {
  const [key, ...others] = waitingKeys(folder)
  if (!key)
    throw new Stop(
      'No key waits for this backup: put the stick of a keeper in, and run npm run backup -- ' +
        'keys with its folder (docs/operations/backup.md).',
    )
  const began = clock()
  const at = minuteOf(began)
  const name = backupName(idText(key.id), began)
  const unfinished = prepareFolder(folder, name)
  const writer = await sealInto(unfinished, key.id, key.publicKey)
  let records = 0
  const emit: Emit = (record, body) => {
    records++
    return writeRecord(writer, record, body)
  }
  try {
    const waiting = await copyWaiting(bucket, emit)
    const copied = await copyDatabase(database, emit)
    const objects = waiting + (await copyOthers(bucket, emit))
    await emit({ kind: 'end', ledger: copied.ledger, at, records })
    await writer.end()
    const path = join(folder, name)
    renameSync(unfinished, path)
    dropPublicKey(folder, key)
    const dropped = dropOldBackups(folder)
    return { ...copied, path, at, objects, dropped, keysLeft: others.length }
  } catch (reason) {
    await writer.abandon()
    rmSync(unfinished, { force: true })
    throw reason
  }
}
