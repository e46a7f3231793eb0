// Builds the objects that the rows of the matrix refer to.
import type { Person } from '../staff.ts'
import type { Outcome, RouteObject } from './row.ts'
import { NOWHERE, SHORT, theWorld } from './world.ts'

interface OwnedOutcomes {
  own: Outcome
  /**
   * the outcome for another person's object; if absent, the same outcome as for the caller's own
   * object
   */
  other?: Outcome
  missing: Outcome
  malformed: Outcome
}

interface Naming {
  missing?: string
  malformed?: string
  isParsedFirst?: boolean
  /** true when a request for another person's object or a missing object changes nothing */
  isOthersKept?: boolean
}

const named = (id: string, outcome: Outcome, isUnchanged = false) => ({
  id: () => id,
  outcome,
  isUnchanged,
})

/** Builds an object with an owner. @param make  makes it for a person, and returns its id */
export const owned = (
  is: string,
  make: (who: Person) => string | Promise<string>,
  outcomes: OwnedOutcomes,
  {
    missing = NOWHERE,
    malformed = SHORT,
    isParsedFirst = false,
    isOthersKept = false,
  }: Naming = {},
): RouteObject => ({
  is,
  own: { id: make, outcome: outcomes.own },
  other: {
    id: () => make(theWorld().colleague),
    outcome: outcomes.other ?? outcomes.own,
    isUnchanged: isOthersKept,
  },
  missing: named(missing, outcomes.missing, true),
  malformed: named(malformed, outcomes.malformed, true),
  isParsedFirst,
})

/** Builds an object without an owner. */
export const shared = (
  is: string,
  id: () => string | Promise<string>,
  outcomes: { existing: Outcome; missing: Outcome; malformed: Outcome },
  {
    missing = NOWHERE,
    malformed = SHORT,
    isParsedFirst = false,
  }: Omit<Naming, 'isOthersKept'> = {},
): RouteObject => ({
  is,
  shared: { id, outcome: outcomes.existing },
  missing: named(missing, outcomes.missing, true),
  malformed: named(malformed, outcomes.malformed, true),
  isParsedFirst,
})
