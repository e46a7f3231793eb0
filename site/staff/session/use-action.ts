// Reports the results of an action and of the refresh after it separately. When only the refresh
// fails, the action must not seem to have failed. When the action was refused, the refresh must not
// hide the reason.
import { useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Attempt } from '../ui/use-attempt.ts'
import { useSessionAttempt } from './session-context.ts'
import { runAndRefresh, refreshAfter } from './run-and-refresh.ts'

export interface SessionAction extends Pick<Attempt, 'busy' | 'why'> {
  /** true when the last action succeeded */
  done: boolean
  /** true when the refresh failed, so that the view may be outdated */
  stale: boolean
  run: (action: () => Promise<void>) => void
  refresh: () => void
}

/**
 * Runs actions within the session.
 *
 * @param tooLate  refusals that mean that a colleague acted first
 */
export const useAction = (
  reload: () => Promise<void>,
  tooLate: readonly ErrorCode[],
): SessionAction => useActionBy(useSessionAttempt(), reload, tooLate)

/**
 * Runs actions through a different kind of attempt, such as one that may ask for a proof of
 * presence.
 */
export function useActionBy(
  { busy, why, run }: Pick<Attempt, 'busy' | 'why' | 'run'>,
  reload: () => Promise<void>,
  tooLate: readonly ErrorCode[],
): SessionAction {
  const [done, setDone] = useState(false)
  const [stale, setStale] = useState(false)
  const refresh = async (): Promise<void> => {
    await reload()
    setStale(false)
  }
  const seeing = { refresh, onStale: () => setStale(true) }
  return {
    busy,
    why,
    done,
    stale,
    run: (action) =>
      run(() => {
        setDone(false)
        return runAndRefresh({ action, tooLate, onDone: () => setDone(true), ...seeing })
      }),
    refresh: () => run(() => refreshAfter(seeing)),
  }
}
