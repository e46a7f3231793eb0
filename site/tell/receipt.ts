// The return number on the screen. Nothing is copied unless the person presses for it, and it is kept nowhere.
import { byId, on, say } from './view.ts'

/** Serves the button beside the number; also on the page that the worker filled. */
export function watchReceipt(): void {
  const copy = byId('copy')
  on('click', copy, () => {
    const selection = getSelection()
    if (selection) selection.selectAllChildren(byId('receipt'))
    // The old way: it works in all browsers, and leaves the number selected where a person can copy by hand.
    if (document.execCommand('copy')) copy.textContent = say('copied')
  })
}
