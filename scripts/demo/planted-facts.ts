// Adds one invented fact to some reports, so that a test can tell which report a search must find.
import facts from './parts/planted.json' with { type: 'json' }

/** The index of the first report with a fact, and the distance between two such reports. */
const [FIRST, EACH] = [3, 19] as const

export const PLANTED_FACTS: readonly string[] = facts

/** Returns the index of the report that contains a fact. */
export const reportWithFact = (fact: number): number => FIRST + EACH * fact

/** Returns the text, with the fact for this report added if there is one. */
export function withPlantedFact(index: number, text: string): string {
  const fact = (index - FIRST) % EACH === 0 ? facts[(index - FIRST) / EACH] : undefined
  return fact === undefined ? text : `${text}\n\n${fact}`
}
