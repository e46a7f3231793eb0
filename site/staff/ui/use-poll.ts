// Polls immediately and then at least once a minute, even in hidden tabs, because a tab's title
// shows the result. A suspended tab polls when it resumes.
import { useEffect, useRef } from 'preact/hooks'

/** The interval is under a minute, so that news appears within a minute despite the round trip. */
const EVERY_MS = 45_000

/** @param canAsk  false for a person whom the edge would refuse; then nothing is requested */
export function usePoll(ask: () => void, canAsk = true): void {
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (!canAsk) return undefined
    const poll = (): void => latest.current()
    const woken = (): void => {
      if (document.visibilityState === 'visible') poll()
    }
    poll()
    const timer = setInterval(poll, EVERY_MS)
    document.addEventListener('visibilitychange', woken)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', woken)
    }
  }, [canAsk])
}
