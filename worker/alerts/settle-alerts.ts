// Ends alerts that no longer need attention, before the clock makes calls or the staff read the
// alerts. An alert ends when its taker has acted, or when its report has been deleted. An alert
// that nobody has taken ends when a colleague who has read its whole case acts. When a colleague's
// access ends, the alerts that the colleague has taken become open again. While the database does
// not respond, no alert ends.
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { readAlertFacts, type AlertFacts } from '#worker/store/calls/alert-cases'
import {
  findAlerts,
  storeAlerts,
  type Alert,
  type KeptAlerts,
} from '#worker/store/calls/open-alert'
import { mayArrive, readMark } from '#worker/store/overflow/waiting-mark'

const MINUTE_MS = 60_000

/** Counts in whole minutes, because runs of the clock start a few seconds early or late. */
export const minutesBetween = (from: number, to: number): number =>
  Math.floor(to / MINUTE_MS) - Math.floor(from / MINUTE_MS)

export interface SettledAlerts extends KeptAlerts {
  /**
   * the case of each alert; null while its report waits in R2, or when the database does not
   * respond
   */
  cases: ReadonlyMap<string, string | null>
}

/** Reads the alerts, and stores the ones that remain. */
export async function settleAlerts(deps: Deps): Promise<SettledAlerts> {
  const { bucket, db, now, alerts } = deps
  const kept = await findAlerts(bucket)
  if (kept.alerts.length === 0) return { ...kept, cases: new Map() }
  // The mark of the overflow is read before the database. A report that is moved in between is
  // therefore found in at least one of them.
  const waits = await withTimeout(async () => mayArrive(await readMark(bucket)))
  const facts = await withTimeout(() => readAlertFacts(db, kept.alerts))
  if (facts === NO_ANSWER) return { ...kept, cases: new Map() }
  const at = now()
  const isGone = ({ since }: Alert): boolean =>
    waits === false && minutesBetween(since, at) >= alerts.dangerMinutes
  const settled = kept.alerts.flatMap((alert, place) => {
    const found = facts[place]
    if (!found) return [alert]
    if (found.hasActed || (found.caseId === null && isGone(alert))) return []
    return [withFacts(alert, found)]
  })
  const cases = new Map(kept.alerts.map(({ id }, place) => [id, facts[place]?.caseId ?? null]))
  const isSame = settled.every((alert) => kept.alerts.includes(alert))
  if (isSame && settled.length === kept.alerts.length) return { ...kept, cases }
  // If another writer stored the alerts first, this change is made the next time the alerts are
  // read.
  const stored = await storeAlerts(bucket, kept, settled)
  return { ...(stored ?? kept), cases }
}

/** Returns the same alert if the facts do not require a change. */
function withFacts(alert: Alert, { caseId, rows, hasAccess }: AlertFacts): Alert {
  const { taken } = alert
  if (!taken) return alert
  // The next round begins immediately, with the next person on duty after the former taker.
  if (!hasAccess) return { ...alert, taken: null, after: taken.by, rounds: 0, roundAt: 0 }
  if (taken.caseId !== null || caseId === null) return alert
  // The report is now in the database. If the case began with this report, every row of the case
  // log is later than the report.
  return { ...alert, taken: { ...taken, caseId, rows: caseId === alert.letter ? 0 : rows } }
}
