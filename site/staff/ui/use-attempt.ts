// Runs one attempt at a time, and keeps the error of the last attempt in order to show it. The
// button is `aria-disabled` during an attempt, because `disabled` would drop the focus from the
// page.
import { useRef, useState } from 'preact/hooks'

export interface Attempt {
  busy: boolean
  why: unknown
  run: (work: () => Promise<void>) => void
  clear: () => void
}

export function useAttempt(onThrown?: (thrown: unknown) => boolean): Attempt {
  const [busy, setBusy] = useState(false)
  // A second press may happen before the next render.
  const isRunning = useRef(false)
  const [why, setWhy] = useState<unknown>(null)
  const run = (work: () => Promise<void>): void => {
    if (isRunning.current) return
    isRunning.current = true
    setBusy(true)
    setWhy(null)
    void work()
      .catch((thrown: unknown) => {
        if (!onThrown?.(thrown)) setWhy(thrown)
      })
      .finally(() => {
        isRunning.current = false
        setBusy(false)
      })
  }
  return { busy, why, run, clear: () => setWhy(null) }
}

/** Lets the page paint before work that blocks the thread, such as stretching a passphrase. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
  })
