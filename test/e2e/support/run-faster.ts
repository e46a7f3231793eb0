/**
 * Makes a page's timers run faster. Runs in the page, before its scripts. Playwright's clock stands
 * still while a page loads, waits for the next page or searches for a proof of work. Firefox has no
 * such clock.
 *
 * @param only  the waits in milliseconds that become shorter; all of them by default
 */
export function runFaster({ faster, only }: { faster: number; only?: number[] }): void {
  const wait = window.setTimeout
  const shorter = (act: () => void, ms = 0): number =>
    wait(act, !only || only.includes(ms) ? ms / faster : ms)
  Object.assign(window, { setTimeout: shorter })
}
