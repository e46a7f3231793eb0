// Calls addresses for an alert, and stores the places that accepted the call.
import { changeAlert, type KeptAlert } from '#worker/store/alerts'
import type { Deps } from '#worker/deps'
import { callAddress } from './send-to-carrier.ts'
import type { Address, AddressPlace } from './settings.ts'

/**
 * Calls all addresses at once.
 *
 * @param loud  the call may wake somebody
 * @param added  a further sentence; empty for none
 * @returns the places that accepted the call
 */
export async function callAll(
  { alerts }: Pick<Deps, 'alerts'>,
  addresses: readonly Address[],
  loud: boolean,
  added = '',
): Promise<AddressPlace[]> {
  const called = await Promise.all(
    addresses.map(async (address) => ({
      place: address.place,
      ...(await callAddress(alerts, address, 'waits', loud, added)),
    })),
  )
  return called.flatMap(({ place, outcome }) => (outcome === 'reached' ? [place] : []))
}

/** Calls all addresses for an open alert, and stores the places that accepted the call. */
export async function callWebhooks(
  deps: Deps,
  alert: KeptAlert,
  addresses: readonly Address[],
): Promise<void> {
  const reached = await callAll(deps, addresses, true)
  if (reached.length > 0)
    await changeAlert(deps.bucket, alert, { reached: [...alert.reached, ...reached] })
}
