// Remembers who has a device, because the list needs this information whenever it is shown. The
// edge skips a person on duty who has no device.
import { useState } from 'preact/hooks'
import type { Devices } from '#protocol/staff/alerts/alerts'
import type { Role } from '#protocol/staff/fields'
import { fetchDevices } from '../api/alert-api.ts'
import { hasAlerts } from '../session/use-alert.ts'
import { usePoll } from '../ui/use-poll.ts'

/** The people who have a device; null while the edge does not call devices. */
export type Reachable = readonly string[] | null

/**
 * After this time a visible list fetches the devices again, because a colleague may have added one.
 */
const KNOWN_MS = 120_000

let known: { reachable: Reachable; atMs: number } | null = null

export interface KnownDevices extends Devices {
  callable: Reachable
}

/** Fetches the devices, and remembers who has one. */
export async function fetchKnownDevices(): Promise<KnownDevices> {
  const devices = await fetchDevices()
  const people = devices.reachable.map(({ person }) => person)
  const callable = devices.applicationKey === null ? null : people
  known = { reachable: callable, atMs: Date.now() }
  return { ...devices, callable }
}

/**
 * Returns undefined until the response has arrived, so that the names do not change on the screen.
 * Returns null without a response, and for a caseworker, who is not allowed to see devices.
 */
export function useReachable(roles: readonly Role[]): Reachable | undefined {
  const [reachable, setReachable] = useState<Reachable | undefined>(known?.reachable)
  const mayAsk = hasAlerts(roles)
  const ask = (): void => {
    if (document.hidden || (known && Date.now() - known.atMs < KNOWN_MS)) return
    fetchKnownDevices().then(
      ({ callable }) => setReachable(callable),
      () => setReachable((last) => last ?? null),
    )
  }
  usePoll(ask, mayAsk)
  return mayAsk ? reachable : null
}
