// The page that the worker fills with a return number: only its two buttons and the quick exit.
import { watchReceipt } from './receipt.ts'
import { takeOver } from './view.ts'

// The worker takes the buttons away together with the number when none was wanted.
if (document.getElementById('copy')) watchReceipt()
takeOver()
