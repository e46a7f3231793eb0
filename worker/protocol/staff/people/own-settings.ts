// Defines the schema of a person's settings for their own screens. No colleague can see these
// settings, but the database holds them unsealed.
import * as z from 'zod/mini'

/** The steps for a person's first day. */
export const FIRST_STEPS = ['paper', 'letter', 'reader', 'keeper', 'alerts'] as const
export type FirstStep = (typeof FIRST_STEPS)[number]

export const OwnChoices = z.object({
  /** the first-day steps that the person has completed */
  done: z.array(z.enum(FIRST_STEPS)).check(z.maxLength(FIRST_STEPS.length)),
  /** true when the person no longer needs the list of first-day steps */
  isFirstDayOver: z.boolean(),
  /** true when the app suggests a break after an hour of reading */
  hasBreaks: z.boolean(),
})
export type OwnChoices = z.infer<typeof OwnChoices>

export const UNSET: OwnChoices = { done: [], isFirstDayOver: false, hasBreaks: true }
