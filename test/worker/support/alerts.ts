// Reads, takes and gives back alerts, as the staff app does.
import { toB64 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { OpenAlerts, type ShownAlert, type TakeAlert } from '#protocol/staff/alerts/alerts'
import { takingMessage, type Taking } from '#protocol/staff/alerts/taking'
import { minuteOf } from '#protocol/time'
import { asStaff, getAs, type Person } from './staff.ts'

const alertsIn = async (answer: Response): Promise<ShownAlert[]> =>
  OpenAlerts.parse(await answer.json()).alerts

export const alertsFor = async (staff: Person): Promise<ShownAlert[]> =>
  alertsIn(await getAs(staff, 'alerts/open'))

/** Signs a taking. @param nowMs  the taker's clock */
export async function takingOf(
  { id: by, signing }: Pick<Person, 'id' | 'signing'>,
  alert: string,
  nowMs = Date.now(),
): Promise<Taking> {
  const at = minuteOf(nowMs)
  const signature = await signBytes(signing.privateKey, takingMessage(alert, { by, at }))
  return { by, at, signature: toB64(signature) }
}

export const takeOf = async (
  by: Person,
  { id, taken }: Pick<ShownAlert, 'id' | 'taken'>,
  nowMs?: number,
): Promise<TakeAlert> => ({ id, from: taken?.by ?? null, taking: await takingOf(by, id, nowMs) })

/** Takes an alert in the state in which the person saw it. */
export const takeAlertAs = async (
  by: Person,
  alert: Pick<ShownAlert, 'id' | 'taken'>,
): Promise<Response> => asStaff('alerts/take', 'POST', await takeOf(by, alert), by.cookie)

/** Takes the first alert that nobody has taken. @returns the alerts that are open afterwards */
export async function takeFirst(by: Person): Promise<ShownAlert[]> {
  const alert = (await alertsFor(by)).find(({ taken }) => taken === null)
  return alert ? alertsIn(await takeAlertAs(by, alert)) : []
}
