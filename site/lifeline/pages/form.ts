// Serves only the quick exit on page `tell/form`. That page sends without sealing and states this.
import { watchQuickExit } from '../../enhance/quick-exit.ts'

watchQuickExit()
