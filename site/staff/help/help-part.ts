// Describes the steps of a help page.
import type { Screen } from '../session/navigation.ts'

export interface HelpStep {
  id: string
  /** the screen that the step mentions */
  screen?: Screen
}

/** The steps of a page, or of a part of a page under a heading. */
export interface HelpPart {
  /** null for the first part, which is under the title of the page */
  id: string | null
  steps: readonly HelpStep[]
}
