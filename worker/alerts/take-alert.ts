// Shows the open alerts to the staff. A colleague can take an alert and give it back. The signed
// taking stays in R2 until the alert ends, so no chain records when danger was reported.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CLOCK_MS } from '#protocol/staff/chain'
import type { OpenAlerts, ShownAlert, TakeAlert } from '#protocol/staff/alerts/alerts'
import { isTakenBy } from '#protocol/staff/alerts/taking'
import { minuteOf } from '#protocol/time'
import type { StaffDeps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { requireRole } from '#worker/auth/require-role'
import { readAlertFacts } from '#worker/store/calls/alert-cases'
import {
  changeAlerts,
  findAlerts,
  MAX_TAKEN_ALERTS,
  type Alert,
  type KeptAlerts,
} from '#worker/store/calls/open-alert'
import { deleteDevices } from '#worker/store/calls/devices'
import { callForAlerts, findCallList } from './call-targets.ts'
import { targetsOf } from './repeat-alert.ts'
import { settleAlerts } from './settle-alerts.ts'

/** Reads the open alerts. Throws Refusal `not_allowed`; `unavailable` when R2 fails. */
export async function readAlerts(deps: StaffDeps): Promise<OpenAlerts> {
  requireRole(deps.actor, 'admin', 'intake')
  const settled = await withTimeout(() => settleAlerts(deps))
  if (settled === NO_ANSWER) throw new Refusal('unavailable')
  const { alerts, cases } = settled
  const first = alerts.find(({ taken }) => taken === null)
  return {
    alerts: alerts
      .filter((alert) => alert === first || alert.taken !== null)
      .map((alert) => shownAlert(alert, cases.get(alert.id) ?? null)),
    dangerMinutes: deps.alerts.dangerMinutes,
  }
}

const shownAlert = ({ id, since, taken }: Alert, caseId: string | null): ShownAlert => ({
  ...{ id, since: new Date(since).toISOString(), case: caseId },
  taken: taken && { by: taken.by, at: taken.at, signature: taken.signature },
})

/**
 * Takes an alert, unless another colleague has taken it since the actor last read the alerts. The
 * response shows who has the alert, because a colleague may have taken it first. Any other untaken
 * alert about the same case ends.
 *
 * @throws Refusal `not_allowed`. `signature_refused` for a taking signed by another person, or for
 *   another alert or time. `unavailable` when R2 fails, or when another writer stored the alerts
 *   first on every attempt.
 */
export async function takeAlert(deps: StaffDeps, { id, from, taking }: TakeAlert) {
  requireRole(deps.actor, 'admin', 'intake')
  const { actor, bucket, now } = deps
  const isOwn = taking.by === toB64(actor.id) && isNear(taking.at, now())
  if (!isOwn || !(await isTakenBy(actor.signPublic, id, taking)))
    throw new Refusal('signature_refused')
  const stored = await withTimeout(async () => {
    const cases = await casesOf(deps, await findAlerts(bucket))
    return changeAlerts(bucket, (alerts) => {
      const alert = alerts.find((each) => each.id === id)
      if (!alert || (alert.taken?.by ?? null) !== from) return null
      const { caseId = null, rows = 0 } = cases.get(id) ?? {}
      const taken = { ...taking, sinceMs: now(), caseId, rows }
      const isSame = (each: Alert): boolean =>
        each.taken === null && caseId !== null && cases.get(each.id)?.caseId === caseId
      return latestOf(
        alerts
          .filter((each) => each === alert || !isSame(each))
          .map((each) => (each === alert ? { ...each, after: null, taken } : each)),
      )
    })
  })
  if (stored === NO_ANSWER) throw new Refusal('unavailable')
  return readAlerts(deps)
}

/** Returns the case of each alert. If the database does not respond, no case is known. */
async function casesOf({ db }: StaffDeps, { alerts }: KeptAlerts) {
  const facts = await withTimeout(() => readAlertFacts(db, alerts))
  return new Map(
    facts === NO_ANSWER
      ? []
      : alerts.flatMap(({ id }, place) => {
          const found = facts[place]
          return found ? [[id, found] as const] : []
        }),
  )
}

/** Ends the oldest taken alerts when there are more than MAX_TAKEN_ALERTS. */
function latestOf(alerts: readonly Alert[]): Alert[] {
  const taken = alerts.filter((alert) => alert.taken !== null)
  const over = new Set(taken.slice(0, Math.max(0, taken.length - MAX_TAKEN_ALERTS)))
  return alerts.filter((alert) => !over.has(alert))
}

const isNear = (at: string, now: number): boolean =>
  at >= minuteOf(now - CLOCK_MS) && at <= minuteOf(now + CLOCK_MS)

/**
 * Ends the person's taking, and calls the next person on duty immediately. An alert that another
 * person has taken does not change.
 *
 * @throws Refusal `not_allowed`; `unavailable` when R2 fails
 */
export async function giveAlertBack(deps: StaffDeps, id: string): Promise<OpenAlerts> {
  requireRole(deps.actor, 'admin', 'intake')
  const { bucket, alerts: settings, now } = deps
  const [me, at] = [toB64(deps.actor.id), now()]
  const rounds = { rounds: 1, roundAt: at, calledAt: at, reached: [], after: me, taken: null }
  const given: Alert[] = []
  const stored = await withTimeout(() =>
    changeAlerts(bucket, (alerts) => {
      const alert = alerts.find((each) => each.id === id && each.taken?.by === me)
      if (!alert) return null
      const back = { ...alert, ...rounds }
      given[0] = back
      return alerts.map((each) => (each === alert ? back : each))
    }),
  )
  if (stored === NO_ANSWER) throw new Refusal('unavailable')
  const [back] = given
  if (stored && back) {
    const list = await findCallList(deps)
    const targets = targetsOf(back, { settings, list, now: at })
    await deleteDevices(deps.db, await callForAlerts(deps, list, new Map([[id, targets]])))
  }
  return readAlerts(deps)
}
