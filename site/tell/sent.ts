// The page that the worker fills with a return number: only its button and the quick exit.
import { watchReceipt } from './receipt.ts'
import { takeOver } from './view.ts'

// The worker takes the button away together with the number when none was wanted.
if (document.getElementById('copy')) watchReceipt()
takeOver()
