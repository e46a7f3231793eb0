// Keeps the scenes of a story in the history, so that the back key leads to the previous scene.
// Only story pages contain this script.

/**
 * Watches the choices in the story. The state of a history entry counts the steps from the first
 * scene. Must run before `watchQuickExit`, which replaces every other page.
 */
export function watchChoices(): void {
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-place]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const steps = ((history.state as number | null) ?? 0) + 1
    location.hash = link.hash
    history.replaceState(steps, '')
  })
}
