// Keeps the scenes of a story in the history, so that the back key leads to the scene before.
// The state of an entry counts the steps from the first scene. Before the page leaves, it goes back
// over all steps, so that Back from the new address shows no scene.

/** The time after which the page leaves although the browser has not gone back. */
const GO_BACK_MS = 300

const stepsTaken = (): number => (history.state as number | null) ?? 0

/** Watches the choices. Must run before `watchQuickExit`, which replaces every other page. */
export function watchChoices(): void {
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-place]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const steps = stepsTaken() + 1
    location.hash = link.hash
    history.replaceState(steps, '')
  })
}

/** Opens an address in place of the first scene, after going back over the steps. */
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
