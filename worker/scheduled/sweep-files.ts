// Once an hour, deletes files that no report lists. Anybody can send chunks for a report that lists
// no file, and the edge cannot read the list. The staff app reads the list and requests each file.
// The clock deletes a file that no colleague has requested, if the report is closed or does not
// exist. The clock first records such a file, and deletes it 30 days later if nothing has changed.
// Otherwise, a temporary restore of the database to an old state would destroy evidence.
import { fromB64, toB64 } from '#protocol/bytes'
import { DAY_MS, FILE_ID_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import type { Deps } from '#worker/deps'
import {
  findUnclaimed,
  forgetNoticed,
  listNoticed,
  noteUnclaimed,
} from '#worker/store/reports/claimed-files'
import { dropFile, listFilesFrom } from '#worker/store/reports/files'
import { mayArrive, readMark } from '#worker/store/overflow/waiting-mark'

/** Time between recording an unclaimed file and deleting it, in days. */
const UNCLAIMED_DAYS = 30
/**
 * Number of files in one query. A query may bind up to 100 values, and each recorded file needs
 * two.
 */
const NOTICED_AT_ONCE = 45
const DELETED_AT_ONCE = 45

export async function sweepFiles(deps: Deps): Promise<void> {
  // A report that waits in R2 is not in the database, but its files must not count as unclaimed.
  if (mayArrive(await readMark(deps.bucket))) return
  await deleteNoticed(deps)
  await noticeUnclaimed(deps)
}

async function noticeUnclaimed({ db, bucket, now, random }: Deps): Promise<void> {
  const ids = await listFilesFrom(bucket, toB64(random(FILE_ID_BYTES)))
  const some = ids.slice(0, NOTICED_AT_ONCE).map(fromB64)
  await noteUnclaimed(db, await findUnclaimed(db, some), dayOf(now()))
}

async function deleteNoticed({ db, bucket, now }: Deps): Promise<void> {
  const lastDay = dayOf(now() - UNCLAIMED_DAYS * DAY_MS)
  const noticed = await listNoticed(db, lastDay, DELETED_AT_ONCE)
  for (const id of await findUnclaimed(db, noticed)) await dropFile(bucket, toB64(id))
  // Also drops the records of files that staff have since requested, or whose report is open again.
  await forgetNoticed(db, noticed)
}
