// Formats the numbers in the organisation's own tables. Except in internal files and on internal
// screens, numbers from 1 to 10 are hidden and sums are rounded.
import { FEWEST } from '#protocol/staff/figures'
import { roundSum } from './merge-small.ts'

export const isSmall = (n: number): boolean => n > 0 && n < FEWEST

/** Shown in place of every small number, in all languages. */
const SMALL = `1–${FEWEST - 1}`

/** @param isExact  true for an internal file or screen */
export const shownNumber = (n: number, isExact: boolean): string =>
  isSmall(n) && !isExact ? SMALL : String(n)

/** Formats a sum. */
export function shownSum(n: number, isExact: boolean): string {
  if (isExact) return String(n)
  return isSmall(n) ? SMALL : String(roundSum(n))
}

/** Returns the length of a bar, which never reveals more than the number beside it. */
export const shownLength = (n: number, isExact: boolean): number =>
  isSmall(n) && !isExact ? FEWEST - 1 : n
