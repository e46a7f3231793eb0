// Hands the address of a page, or a text, to the share sheet of the phone. Without a share sheet
// the address or the text is copied. The site learns nothing of either.

/** Shows each button marked data-share where the browser can share or copy. */
export function watchShare(): void {
  const { share, clipboard } = navigator as Partial<Navigator>
  if (!share && !clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-share]')) {
    button.hidden = false
    button.onclick = () => {
      const text = button.dataset['share'] ?? ''
      // Only the button of the page has a name. The address has no place and no mark in it.
      const url = button.name ? location.origin + location.pathname : ''
      const done = share
        ? navigator.share(url ? { text, url } : { text })
        : navigator.clipboard.writeText(url || text).then(() => {
            button.textContent = button.value
          })
      // A person who closes the share sheet needs no words.
      done.catch(() => undefined)
    }
  }
}
