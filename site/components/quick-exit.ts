// Leaves at once. The link /exit works without this script; with it the page is blank at once and goes straight to the neutral
// address: the way out must not wait for our own host, which may be frozen or blocked. The page is replaced in the history instead
// of staying one step back. Pages before it stay there: the privacy page says so.
const PRESSES = 3
const PAUSE_MS = 2000

/** Any link marked data-exit, and Shift three times with nothing typed between. The mark holds the address. */
export function watchQuickExit(): void {
  const way = document.querySelector('[data-exit]')
  let presses = 0
  let lastPress = 0

  const leave = (): void => {
    // A page that guards its words must not ask now.
    onbeforeunload = null
    const address = (way && way.getAttribute('data-exit')) || '/exit'
    document.title = ''
    document.documentElement.textContent = ''
    location.replace(address)
  }

  addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-exit]')) {
      event.preventDefault()
      leave()
    }
  })

  // Nothing to see in the list of open apps, as far as a page can: some systems take their picture before they tell the page. Whoever
  // comes back finds everything as it was.
  addEventListener('visibilitychange', () => {
    document.documentElement.style.opacity = document.hidden ? '0' : ''
  })

  addEventListener('keydown', (event) => {
    if (event.repeat) return
    // Capitals while writing must not leave: any other key starts the count again.
    const inTime = event.timeStamp - lastPress < PAUSE_MS
    presses = event.key === 'Shift' ? (inTime ? presses : 0) + 1 : 0
    lastPress = event.timeStamp
    if (presses === PRESSES) leave()
  })
}
