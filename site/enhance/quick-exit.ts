// Leaves the site immediately, in every tab. The link /exit works without this script. The script
// blanks the page and opens the neutral address directly, because this site's host may be blocked
// or frozen. The quick exit and links within the site replace the page in the history. Therefore,
// Back from the neutral page does not show a page of this site.
const PRESSES = 3
const PAUSE_MS = 2000
/** A name that reveals nothing to a person who sees it. */
const CHANNEL = 'x'

/**
 * Links to pages of this site and to places in a page. Downloads and links that open another tab
 * are excluded.
 */
const INSIDE = '[href^="/"],[href^="#"]'

/**
 * Leaves the site when the person follows a link marked data-exit, which contains the address, or
 * presses Shift three times. `replacePage` replaces all of this page's entries in the history with
 * one address.
 */
export function watchQuickExit(
  replacePage = (address: string): void => {
    location.replace(address)
  },
): void {
  const way = document.querySelector('[data-exit]')
  let channel: BroadcastChannel | null = null
  let presses = 0
  let lastPress = 0

  const goAway = (): void => {
    // A page that guards unsent words must not ask for confirmation now.
    onbeforeunload = null
    const address = (way && way.getAttribute('data-exit')) || '/exit'
    document.title = ''
    document.documentElement.textContent = ''
    replacePage(address)
  }

  const leave = (): void => {
    if (channel) channel.postMessage('')
    goAway()
  }

  try {
    channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = goAway
  } catch {
    // Safari before 15.4 has no BroadcastChannel, and some settings forbid it. In that case, only
    // this tab leaves.
  }

  addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a')
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.matches('[data-exit]')) {
      event.preventDefault()
      leave()
    } else if (link.matches(INSIDE) && !link.target && !link.download) {
      event.preventDefault()
      replacePage(link.href)
    }
  })

  // Hides the page in the list of open apps. Some systems take the screenshot for that list before
  // this event. A person who returns sees the page unchanged.
  addEventListener('visibilitychange', () => {
    document.documentElement.style.opacity = document.hidden ? '0' : ''
  })

  addEventListener('keydown', (event) => {
    if (event.repeat) return
    // A person who types capital letters must not leave the site, so pressing any other key
    // restarts the count.
    const isSoon = event.timeStamp - lastPress < PAUSE_MS
    presses = event.key === 'Shift' ? (isSoon ? presses : 0) + 1 : 0
    lastPress = event.timeStamp
    if (presses === PRESSES) leave()
  })
}
