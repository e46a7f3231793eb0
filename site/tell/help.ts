// Page `help` needs no script but the quick exit.
import { watchQuickExit } from '../components/quick-exit.ts'

watchQuickExit()
