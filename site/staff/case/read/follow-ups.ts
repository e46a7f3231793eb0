// Decides when the follow-up of a closing is over. The list of tasks asks the same for the tasks of
// the pieces.
import { type FollowUpOutcome } from '../../crypto/case-entry.ts'

/** After so many times without contact nobody asks again, because asking can be dangerous. */
const NO_CONTACTS = 2

/** These outcomes end the follow-up at once. */
const LAST: readonly FollowUpOutcome[] = ['unwilling', 'in_danger']

/** Returns the place of the outcome that ends the follow-up; -1 while it goes on. */
export function lastOutcomeIn(outcomes: readonly FollowUpOutcome[]): number {
  let misses = 0
  return outcomes.findIndex((outcome) => {
    if (outcome === 'no_contact') misses += 1
    return LAST.includes(outcome) || misses >= NO_CONTACTS
  })
}
