// Some networks freeze a connection after some 25 packets, and pages of one site share one. The next page then never comes, until it
// is asked for again after ten silent seconds: only then does a browser look whether the connection is dead, and open a new one.
const SILENCE_MS = 11_000

/** Follows a link to our own pages once more when its page has not come in time. */
export function askAgain(): void {
  let timer = 0
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(
      'a[href^="/"]:not([target]):not([download]):not([data-exit])',
    )
    clearTimeout(timer)
    if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      timer = setTimeout(() => {
        location.assign(link.href)
      }, SILENCE_MS)
  })
  // The page has come. This one may rest in the browser's memory, and must not wake up with an old wish.
  addEventListener('pagehide', () => {
    clearTimeout(timer)
  })
}
