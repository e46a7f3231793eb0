// Lists the people on the rota in the order in which they are called. Marks the people without a
// reachable device.
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import type { Reachable } from './known-devices.ts'

/**
 * Returns a function that formats the order in which people are called. For an empty order, that
 * function returns an empty string.
 */
export function useDutyNames(reachable: Reachable): (order: readonly string[]) => string {
  const { t } = useMessages()
  const nameOf = useNames()
  const shownNameOf = (person: string): string =>
    reachable === null || reachable.includes(person)
      ? nameOf(person)
      : t('staff.duty.no_device', { who: nameOf(person) })
  return (order) => order.map(shownNameOf).join(' → ')
}
