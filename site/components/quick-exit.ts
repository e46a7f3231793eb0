// Leaves at once. The link /exit works without this script; with it the page is blank before the network answers, and is
// replaced in the history instead of staying one step back. Pages before it stay there: the privacy page says so.
const PRESSES = 3
const PAUSE_MS = 2000

export function leaveNow(): void {
  document.title = ''
  document.documentElement.textContent = ''
  location.replace('/exit')
}

/** Any link marked data-exit, and Shift three times with nothing typed between. */
export function watchQuickExit(): void {
  let presses = 0
  let lastPress = 0

  addEventListener('click', (event) => {
    const target = event.target
    if (target instanceof Element && target.closest('[data-exit]') !== null) {
      event.preventDefault()
      leaveNow()
    }
  })

  addEventListener('keydown', (event) => {
    if (event.repeat) return
    // Capitals while writing must not leave: any other key starts the count again.
    const inTime = event.timeStamp - lastPress < PAUSE_MS
    presses = event.key === 'Shift' ? (inTime ? presses : 0) + 1 : 0
    lastPress = event.timeStamp
    if (presses === PRESSES) leaveNow()
  })
}
