// Follows a link a second time, because some networks freeze a connection after about 25 packets.
// All pages of a site share one connection. A browser opens a new connection for a request only
// after ten seconds of silence.
const SILENCE_MS = 11_000

/** Follows a link to a page of this site a second time when the page has not arrived in time. */
export function askAgain(): void {
  let timer = 0
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(
      'a[href^="/"]:not([target]):not([download]):not([data-exit])',
    )
    clearTimeout(timer)
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey)
      timer = setTimeout(() => {
        location.replace(link.href)
      }, SILENCE_MS)
  })
  // The next page has arrived. A browser may later restore this page from the back-forward cache.
  // The restored page must not follow the link again.
  addEventListener('pagehide', () => {
    clearTimeout(timer)
  })
}
