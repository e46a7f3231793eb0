// Verifies who has taken an alert. A server could claim that a colleague took an alert, and so hide
// a danger. Only the signature of a confirmed colleague proves a taking. That proof determines
// which alerts are shown in red.
import { useEffect, useState } from 'preact/hooks'
import { fromB64 } from '#protocol/bytes'
import type { ShownAlert } from '#protocol/staff/alerts/alerts'
import { isTakenBy } from '#protocol/staff/alerts/taking'
import type { Roster } from '#protocol/staff/ledger/roster-state'

/** Returns the ids of the alerts whose taking is proven. */
export async function provenTakings(
  alerts: readonly ShownAlert[],
  { people }: Pick<Roster, 'people'>,
): Promise<ReadonlySet<string>> {
  const proven = await Promise.all(
    alerts.map(async ({ id, taken }) => {
      if (!taken) return []
      const member = people.get(taken.by)
      if (member?.state !== 'confirmed') return []
      return (await isTakenBy(fromB64(member.signPublic), id, taken)) ? [id] : []
    }),
  )
  return new Set(proven.flat())
}

/**
 * @param roster  null before the first verdict on the ledger
 * @returns the alerts with their proven takings; an unproven taking is left out. Empty until the
 *   roster exists.
 */
export function useProvenTakings(
  alerts: readonly ShownAlert[],
  roster: Pick<Roster, 'people'> | null,
): readonly ProvenAlert[] {
  const [proven, setProven] = useState<readonly ProvenAlert[]>([])
  useEffect(() => {
    let isGone = false
    if (roster)
      void provenTakings(alerts, roster).then((ids) => {
        if (!isGone) setProven(alerts.map((alert) => ({ alert, isProven: ids.has(alert.id) })))
      })
    return () => void (isGone = true)
  }, [alerts, roster])
  return proven
}

export interface ProvenAlert {
  alert: ShownAlert
  /** true when a confirmed colleague signed the taking */
  isProven: boolean
}

const MINUTE_MS = 60_000
/** A server could claim a longer time limit, and so hide an alert that nobody is handling. */
const MOST_MINUTES = 60

/**
 * Decides how an alert is shown. `open` and `late` are red for everybody: nobody has the alert, or
 * its taker has not acted for `dangerMinutes`. `held` is not red, and shows the name of the taker.
 */
export function alertState(
  { alert: { taken }, isProven }: ProvenAlert,
  dangerMinutes: number,
  nowMs: number,
): 'open' | 'late' | 'held' {
  if (!isProven || !taken) return 'open'
  const deadline = nowMs - Math.min(dangerMinutes, MOST_MINUTES) * MINUTE_MS
  return Date.parse(taken.at) <= deadline ? 'late' : 'held'
}
