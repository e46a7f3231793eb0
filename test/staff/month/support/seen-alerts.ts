// Reads the alerts as the line at the top of the app does.
import {
  alertState,
  provenTakings,
  type ProvenAlert,
} from '#site/staff/alerts/use-proven-takings.ts'
import { fetchAlerts } from '#site/staff/api/alert-api.ts'
import type { Reader } from './readers.ts'

export interface SeenAlert extends ProvenAlert {
  state: ReturnType<typeof alertState>
}

/**
 * Reads the alerts, and decides for each alert whether the line at the top is red for this reader.
 */
export async function seenAlerts({ writer }: Reader): Promise<SeenAlert[]> {
  const { alerts, dangerMinutes } = await fetchAlerts()
  const proven = await provenTakings(alerts, writer.roster)
  return alerts.map((alert) => {
    const seen = { alert, isProven: proven.has(alert.id) }
    return { ...seen, state: alertState(seen, dangerMinutes, Date.now()) }
  })
}
