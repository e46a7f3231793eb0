// Shows an admin the addresses that are called and the times of the calls, and tests addresses and
// devices. No function here returns a secret.
import { toB64 } from '#protocol/bytes'
import type { AlertPlan, AlertTrial } from '#protocol/staff/alerts/alerts'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { callDevices, findCallList } from './call-targets.ts'
import { callAddress } from './send-to-carrier.ts'
import type { Address } from './settings.ts'

/** Reads the settings of alerts. Throws Refusal `not_allowed`. */
export function readPlan({ actor, alerts }: StaffDeps): AlertPlan {
  requireRole(actor, 'admin')
  const { addresses, everyMinutes, repeats, digestHours } = alerts
  return { addresses: addresses.map(shownAddress), everyMinutes, repeats, digestHours }
}

const shownAddress = ({ place, target, fault }: Address): AlertPlan['addresses'][number] => ({
  place,
  kind: target?.kind ?? null,
  host: target?.url.host ?? null,
  fault,
})

/**
 * Maximum number of devices that are called in one test. A request can make only a limited number
 * of calls.
 */
const TRIED_AT_ONCE = 30

/**
 * Tests the addresses and devices for an admin. Calls each address and device with a test sentence,
 * and returns each outcome.
 *
 * @throws Refusal `not_allowed`
 */
export async function tryCarriers(deps: StaffDeps): Promise<AlertTrial> {
  requireRole(deps.actor, 'admin')
  const { alerts } = deps
  const list = await findCallList(deps)
  const tried = list?.devices.slice(0, TRIED_AT_ONCE) ?? []
  const [called, devices] = await Promise.all([
    Promise.all(
      alerts.addresses.map(async (address) => ({
        place: address.place,
        ...(await callAddress(alerts, address, 'test', true)),
      })),
    ),
    callDevices(deps, list?.sealedKey ?? null, tried, 'test'),
  ])
  return {
    called,
    devices: devices.map(({ person, outcome }) => ({ person: toB64(person), outcome })),
  }
}
