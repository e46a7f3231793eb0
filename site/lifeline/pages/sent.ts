// Page `tell/sent`: serves the copy button and the quick exit. The worker fills in the number.
import { watchReceipt } from '../form/receipt.ts'
import { enableScript } from '../dom/page.ts'

// The worker removes the number and the button when the person wanted no number.
if (document.getElementById('copy')) watchReceipt()
enableScript()
