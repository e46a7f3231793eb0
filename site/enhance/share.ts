// Passes the address of a page, or a text, to the phone's share sheet. Without a share sheet, the
// page copies the address or the text. The site receives neither.

/** Shows each button marked data-share if the browser can share or copy. */
export function watchShare(): void {
  const { share, clipboard } = navigator as Partial<Navigator>
  if (!share && !clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-share]')) {
    button.hidden = false
    button.onclick = () => {
      const text = button.dataset['share'] ?? ''
      // Only the button that shares the page's address has a `name` attribute. The address contains
      // no fragment and no query.
      const url = button.name ? location.origin + location.pathname : ''
      const done = share
        ? navigator.share(url ? { text, url } : { text })
        : navigator.clipboard.writeText(url || text).then(() => {
            button.textContent = button.value
          })
      // A person who closes the share sheet does not need a message.
      done.catch(() => undefined)
    }
  }
}
