// Serves only the quick exit on page `tell/form`. That page sends without sealing, and the page
// says so.
import { watchQuickExit } from '../../enhance/quick-exit.ts'

watchQuickExit()
