// Runs all chores every minute. A chore that fails does not stop the others. Chores that always
// list R2 run once an hour, because listing costs as much as a write. Deletes expired sessions,
// spent challenges and invitations, and old notes about ended receipts. Deletes the secrets of
// deleted cases, and names that no case needs. While the clock is in doubt, no chore deletes
// anything except writing marks, which nobody misses: see chore-clock.ts.
import { DAY_MS, HASH_BYTES } from '#protocol/limits'
import { sendDigest } from '#worker/alerts/send-digest'
import { repeatAlert } from '#worker/alerts/repeat-alert'
import type { Deps } from '#worker/deps'
import { copyKeys } from '#worker/keys/current-keys'
import { dueFrom, dueQuery, type DueDiscard } from '#worker/store/reports/due-discards'
import { deleteEnded } from '#worker/store/reports/ended-receipts'
import { anythingWaits } from '#worker/store/overflow/lists'
import { dropSpentNames } from '#worker/store/people/former-names'
import { deleteExpired } from '#worker/store/people/sessions'
import { dropEndedSecrets } from '#worker/store/cases/secrets'
import { dropWritingMarks } from '#worker/store/cases/writing-marks'
import { carryOutDiscard } from './carry-out-discard.ts'
import { drainOverflow } from './drain-overflow.ts'
import { isFullLook } from './settle-mark.ts'
import { sweepFiles } from './sweep-files.ts'

export async function runChores(deps: Deps): Promise<void> {
  const expired = expireOld(deps)
  // While the database does not respond, no chore deletes anything either.
  const isSure = expired.then((run) => run.isSure).catch(() => false)
  const drained = drainOverflow(deps, isSure)
  const chores = [
    repeatAlert(deps),
    sendDigest(deps),
    copyKeys(deps),
    drained,
    expired,
    discardDue(deps, expired, drained),
    ...(isFullLook(deps.now())
      ? [
          dropWritingMarks(deps.bucket, deps.now()),
          whenSure(isSure, () => forgetEnded(deps)),
          whenSure(isSure, () => sweepFiles(deps)),
          whenSure(isSure, () => dropEndedSecrets(deps.db, deps.bucket)),
          whenSure(isSure, async () => void (await dropSpentNames(deps.db))),
        ]
      : []),
  ]
  await Promise.allSettled(chores)
  // All chores have ended by now. If one failed, this line throws, so that the run counts as
  // failed.
  await Promise.all(chores)
}

async function whenSure(isSure: Promise<boolean>, chore: () => Promise<void>): Promise<void> {
  if (await isSure) await chore()
}

interface ExpiryRun {
  /** false while the clock is in doubt */
  isSure: boolean
  /** the discard that is due, or null; read in the same batch as the deletions */
  due: DueDiscard | null
}

/** Deletes sessions, challenges and invitations that have expired. */
export async function expireOld({ db, now }: Deps): Promise<ExpiryRun> {
  const at = now()
  const { isSure, rows } = await deleteExpired(db, at, dueQuery(at))
  const [row] = rows
  return { isSure, due: row ? dueFrom(row) : null }
}

/** A discard is carried out after the drain, so that the two never handle the same object. */
async function discardDue(
  deps: Deps,
  expired: Promise<ExpiryRun>,
  drained: Promise<void>,
): Promise<void> {
  const { due } = await expired
  await drained.catch(() => undefined)
  if (due) await carryOutDiscard(deps, due)
}

/** If no report waits, deletes the notes about receipts that ended at least a day ago. */
async function forgetEnded({ bucket, now, random }: Deps): Promise<void> {
  if (!(await anythingWaits(bucket))) await deleteEnded(bucket, now() - DAY_MS, random(HASH_BYTES))
}
