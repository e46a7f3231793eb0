// Describes, in one line, who has the case, and asks whether an old danger still exists.
import type { QueueItem } from '#protocol/staff/list/queue'
import { daysUnconfirmed } from '../case/read/danger-age.ts'
import { isGiven } from '../case/read/is-given.ts'
import type { Messages } from '../i18n/messages.tsx'

/**
 * Returns who has the case, or to whom it was given if they have not taken it yet.
 *
 * @param holder  name of the colleague who has the case; null when no colleague has it
 */
export function whoHas(item: QueueItem, holder: string | null, { t }: Pick<Messages, 't'>): string {
  if (holder === null) return t('staff.list.holder.nobody')
  return isGiven(item) ? t('staff.line.given', { name: holder }) : holder
}

/**
 * Asks about a danger that nobody has confirmed for a long time; null if there is no such danger.
 */
export function stillSo(item: QueueItem, nowMs: number, { t }: Pick<Messages, 't'>): string | null {
  const days = daysUnconfirmed(item, nowMs)
  return days === null ? null : t('staff.line.still', { n: days })
}
