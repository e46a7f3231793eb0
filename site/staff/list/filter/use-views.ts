// Holds the person's saved views, and fetches them once the first lines are shown.
import { useEffect, useState } from 'preact/hooks'
import { useSessionAttempt, useSessionContext } from '../../session/session-context.ts'
import { type Attempt } from '../../ui/use-attempt.ts'
import { changeViews, loadViews } from './keep-views.ts'
import { type SavedView } from './views.ts'

export interface OwnViews {
  saved: readonly SavedView[]
  attempt: Attempt
  /** @param onKept  runs once the edge has stored the changed views */
  onChange: (change: (views: readonly SavedView[]) => SavedView[], onKept?: () => void) => void
}

/** @param isReady  true once the first lines are shown */
export function useViews(isReady: boolean): OwnViews {
  const { keys } = useSessionContext()
  const attempt = useSessionAttempt()
  const [saved, setSaved] = useState<readonly SavedView[]>([])
  useEffect(() => {
    if (isReady) attempt.run(async () => setSaved(await loadViews(keys)))
  }, [isReady])
  return {
    saved,
    attempt,
    onChange: (change, onKept) =>
      attempt.run(async () => {
        setSaved(await changeViews(keys, change))
        onKept?.()
      }),
  }
}
