// Passes a picture to the phone's share sheet. The browser fetches the picture only after a tap.

/** Shows the button after each link to a picture, if the browser can share files. */
export function watchPictures(): void {
  const { canShare } = navigator as Partial<Navigator>
  if (!canShare) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('a + button')) {
    button.hidden = false
    button.addEventListener('click', () => void sharePicture(button))
  }
}

/** Shares the picture that the link before the button leads to, or follows the link. */
async function sharePicture(button: HTMLButtonElement): Promise<void> {
  const link = button.previousElementSibling
  if (!(link instanceof HTMLAnchorElement)) return
  try {
    const bytes = await (await fetch(link.href)).blob()
    const files = [new File([bytes], link.download, { type: 'image/png' })]
    if (!navigator.canShare({ files })) throw new Error('no pictures')
    await navigator.share({ files })
  } catch (error) {
    // A person who closed the sheet does not want the picture.
    if (!(error instanceof DOMException && error.name === 'AbortError')) link.click()
  }
}
