// Copies the objects of the bucket into records. Waiting reports are copied before the database. A
// report that the drain moves in the meantime is in the copy at least once. Two copies still count
// as one report. All other objects are copied after the database, because the worker stores an
// object before its row.
import type { Emit } from '#scripts/backup/emit-rows'
import { keysUnder, type BackupBucket } from '#scripts/backup/stores'

/** Folders of waiting reports. */
const WAITING = ['overflow/', 'quarantine/']
/**
 * Folders that a backup leaves out. Browsers rebuild the pieces of the search index, and the worker
 * rebuilds its marks.
 */
const LEFT_OUT = ['pieces/', 'marks/']

/**
 * Maximum number of times that the waiting reports are listed. During a flood, new reports keep
 * arriving.
 */
const ROUNDS = 5
/** Number of objects that are read at the same time. */
const AT_ONCE = 8

const isIn = (folders: readonly string[], key: string): boolean =>
  folders.some((folder) => key.startsWith(folder))

/**
 * Copies the waiting reports. Lists the reports again as long as new keys appear, because a report
 * can move.
 */
export async function copyWaiting(bucket: BackupBucket, emit: Emit): Promise<number> {
  const copied = new Set<string>()
  let objects = 0
  for (let round = 0; round < ROUNDS; round++) {
    const keys: string[] = []
    for (const folder of WAITING)
      for await (const key of keysUnder(bucket, folder)) if (!copied.has(key)) keys.push(key)
    if (keys.length === 0) break
    objects += await copyKeys(bucket, emit, keys)
    for (const key of keys) copied.add(key)
  }
  return objects
}

/** Copies all objects except the waiting reports. */
export async function copyOthers(bucket: BackupBucket, emit: Emit): Promise<number> {
  let objects = 0
  let keys: string[] = []
  const leave = async (): Promise<void> => {
    objects += await copyKeys(bucket, emit, keys)
    keys = []
  }
  for await (const key of keysUnder(bucket, '')) {
    if (!isIn([...WAITING, ...LEFT_OUT], key)) keys.push(key)
    if (keys.length === AT_ONCE) await leave()
  }
  await leave()
  return objects
}

/** Copies objects. An object that disappears in the meantime is left out. */
async function copyKeys(
  bucket: BackupBucket,
  emit: Emit,
  keys: readonly string[],
): Promise<number> {
  let objects = 0
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const found = await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => bucket.get(key)))
    for (const object of found) {
      if (object === null) continue
      await emit({ kind: 'object', key: object.key, metadata: object.metadata }, object.bytes)
      objects++
    }
  }
  return objects
}
