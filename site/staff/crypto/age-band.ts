// Derives an age band from a text about an age, and decides whether a band means a child.
import { type Band } from './classification.ts'

/** A younger person is a child. */
export const ADULT_YEARS = 18

/** A larger number is not an age, but a year of birth or something else. */
const MOST_YEARS = 120

/**
 * Returns the age band for words such as "about 16"; null for words that contain no age. "16 or 17"
 * is read as 16, because the law treats a person of uncertain age as a child.
 */
export function bandOf(age: string): Band | null {
  const years = [...age.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  if (years.length === 0 || years.some((each) => each > MOST_YEARS)) return null
  const youngest = Math.min(...years)
  if (youngest < ADULT_YEARS) return 'under18'
  if (youngest < 25) return 'from18'
  return youngest < 35 ? 'from25' : 'from35'
}

/** Returns whether a band means an age under 18; null if there is no band. */
export const bandSays = (band: Band | 'unknown' | null): 'yes' | 'no' | null =>
  band === null || band === 'unknown' ? null : band === 'under18' ? 'yes' : 'no'
