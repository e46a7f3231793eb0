// Leaves a story without a trace of its scenes. The state of a history entry counts the steps from
// the first scene (story-choices.ts). Before leaving, the page goes back through all steps, so that
// Back from the new address shows none of them. Every page contains this file, because all pages
// share the script of the quick exit.

/** The time after which the page leaves even if the browser has not gone back. */
const GO_BACK_MS = 300

/** Returns the number of this page's history entries after the first. */
export const stepsTaken = (): number => (history.state as number | null) ?? 0

/** Opens an address instead of the first scene, after going back through the steps. */
export function replaceSteps(address: string): void {
  const replace = (): void => {
    location.replace(address)
  }
  if (stepsTaken() === 0) {
    replace()
    return
  }
  const timer = setTimeout(replace, GO_BACK_MS)
  const arrive = (): void => {
    clearTimeout(timer)
    replace()
  }
  addEventListener('popstate', arrive, { once: true })
  history.go(-stepsTaken())
}
