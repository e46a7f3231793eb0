// Handles only the quick exit on the pages `tell/form` and `answer/thread`. Both pages send without
// sealing, and show a note that says so.
import { watchQuickExit } from '../../enhance/quick-exit.ts'

watchQuickExit()
