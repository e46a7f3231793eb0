// Page `tell/sent`: adds the copy button and handles the quick exit. The worker fills in the
// number. The script makes the button, because a text browser would otherwise show a button that
// does nothing.
import { makeButton } from '../dom/elements.ts'
import { enableScript, say } from '../dom/page.ts'
import { copyReceipt } from '../form/receipt.ts'

// The worker removes the number when the person did not want one.
const receipt = document.getElementById('receipt')
if (receipt) {
  const copy = makeButton(say('copy'), () => {
    if (copyReceipt()) copy.textContent = say('copied')
  })
  copy.className = 'unprinted'
  receipt.after(copy)
}
enableScript()
