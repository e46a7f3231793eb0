// Decides when the follow-up on a closed case is over. The task list applies the same rule to the
// tasks in the pieces.
import { type FollowUpOutcome } from '../../crypto/case-entry.ts'

/** After this many attempts without contact, nobody asks again, because asking can be dangerous. */
const NO_CONTACTS = 2

/** These outcomes end the follow-up immediately. */
const LAST: readonly FollowUpOutcome[] = ['unwilling', 'in_danger']

/** Returns the index of the outcome that ends the follow-up; -1 while it continues. */
export function lastOutcomeIn(outcomes: readonly FollowUpOutcome[]): number {
  let misses = 0
  return outcomes.findIndex((outcome) => {
    if (outcome === 'no_contact') misses += 1
    return LAST.includes(outcome) || misses >= NO_CONTACTS
  })
}
