// One attempt at a time: while it runs the button waits, and what it threw is kept to be shown. A button that waits is
// `aria-disabled`: one that is `disabled` would let the focus fall off the page.
import { useState } from 'preact/hooks'

export interface Attempt {
  busy: boolean
  why: unknown
  run: (work: () => Promise<void>) => void
  clear: () => void
}

export function useAttempt(onThrown?: (thrown: unknown) => boolean): Attempt {
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<unknown>(null)
  const run = (work: () => Promise<void>): void => {
    if (busy) return
    setBusy(true)
    setWhy(null)
    void work()
      .catch((thrown: unknown) => {
        if (!onThrown?.(thrown)) setWhy(thrown)
      })
      .finally(() => setBusy(false))
  }
  return { busy, why, run, clear: () => setWhy(null) }
}

/** Lets the page be painted before work that holds the thread, such as stretching a passphrase. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
  })
