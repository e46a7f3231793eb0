// Polls for alerts that nobody has taken, and for taken ones whose cases have not been acted on
// yet. The request needs a session but no keys, so a locked tab polls too. A caseworker receives no
// alerts, so their browser does not poll.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type OpenAlerts } from '#protocol/staff/alerts/alerts'
import { type Me } from '#protocol/staff/people/people'
import { fetchAlerts } from '../api/alert-api.ts'
import { usePoll } from '../ui/use-poll.ts'

export interface SeenAlerts extends OpenAlerts {
  /** shows the response to an action, without waiting for the next poll */
  show: (next: OpenAlerts) => void
  /** polls immediately */
  ask: () => void
}

type Roles = Readonly<Me['roles']>

export const hasAlerts = (roles: Roles): boolean =>
  roles.includes('admin') || roles.includes('intake')

const NONE: OpenAlerts = { alerts: [], dangerMinutes: 0 }

export function useAlert(roles: Roles, onSignedOut: (why: unknown) => void): SeenAlerts {
  const [seen, show] = useState(NONE)
  const fail = (thrown: unknown): void => {
    if (thrown instanceof Refusal && thrown.code === 'signed_out') onSignedOut(thrown)
  }
  // A lost connection does not remove the last alerts from the page.
  const ask = (): void => void fetchAlerts().then(show, fail)
  usePoll(ask, hasAlerts(roles))
  return { ...seen, show, ask }
}
