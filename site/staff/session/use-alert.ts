// Polls for an urgent alert that no colleague has acknowledged. The request needs a session but no
// keys, so a locked tab polls too. A caseworker has no alerts, so their browser does not poll.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type OpenAlert } from '#protocol/staff/alerts/alerts'
import { type Me } from '#protocol/staff/people/people'
import { postAcknowledgement, fetchAlert } from '../api/alert-api.ts'
import { useAttempt, type Attempt } from '../ui/use-attempt.ts'
import { usePoll } from '../ui/use-poll.ts'

export interface SeenAlert extends Pick<Attempt, 'busy' | 'why'> {
  alert: OpenAlert['alert']
  acknowledge: () => void
}

type Roles = Me['roles']

const hasAlerts = (roles: Roles): boolean => roles.includes('admin') || roles.includes('intake')

export function useAlert(roles: Roles, onSignedOut: (why: unknown) => void): SeenAlert {
  const [alert, setAlert] = useState<OpenAlert['alert']>(null)
  const isOut = (thrown: unknown): boolean => {
    const out = thrown instanceof Refusal && thrown.code === 'signed_out'
    if (out) onSignedOut(thrown)
    return out
  }
  const { busy, why, run } = useAttempt(isOut)
  const look = async (): Promise<void> => setAlert((await fetchAlert()).alert)
  // A lost connection does not remove the last alert from the page.
  usePoll(() => void look().catch(isOut), hasAlerts(roles))
  const acknowledge = (): void =>
    run(async () => {
      if (!alert) return
      await postAcknowledgement(alert.id)
      // Polls again, because another alert may have been raised in the meantime.
      await look()
      // The pressed button is gone, so the focus goes to the title of the screen.
      const titles = document.querySelectorAll<HTMLElement>('main h2')
      titles[titles.length - 1]?.focus({ preventScroll: true })
    })
  return { alert, busy, why, acknowledge }
}
