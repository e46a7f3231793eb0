// Finds the colleague who wrote down a letter for a person. Anybody can claim in their own letter
// that a colleague wrote it down. So the first row of the case log must agree with the letter's
// hash and the name inside the letter.
import { LetterEnter } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { type FirstLetter } from './open-thread.ts'

/** @returns id of the colleague, or null */
export function enteredBy(
  { item, log }: Pick<StoredCase, 'item' | 'log'>,
  first: Pick<FirstLetter, 'report' | 'contentHash'> | null,
): string | null {
  const [row] = log
  if (!row || first?.report.by === undefined) return null
  try {
    const { action, actor, subject } = Statement.parse(JSON.parse(row.statement))
    if (action !== 'letter.enter' || subject !== item.id || actor !== first.report.by) return null
    const { contentHash } = LetterEnter.parse(JSON.parse(row.change))
    return contentHash === first.contentHash ? actor : null
  } catch {
    return null
  }
}

/**
 * Returns true when a colleague wrote the letter as a test. A test mark in a stranger's own letter
 * does not count.
 */
export const isTestLetter = (
  stored: Parameters<typeof enteredBy>[0],
  first: Parameters<typeof enteredBy>[1],
): boolean => first?.report.test === true && enteredBy(stored, first) !== null
