// Serves only the quick exit on page `tell/form`. That page sends without sealing and shows a note
// about the missing seal.
import { watchQuickExit } from '../../enhance/quick-exit.ts'

watchQuickExit()
