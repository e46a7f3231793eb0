// Remembers how many rows of a case log this tab has seen. So a person's own rows do not mark the
// case as changed. Keeps ids and numbers, in memory only.

const known = new Map<string, number>()

/** Returns the number of rows seen in a case, or 0 for a case that this tab has not shown. */
export const knownRows = (caseId: string): number => known.get(caseId) ?? 0

/** Records the rows of a case that was shown, or that the person's own action has extended. */
export const noteKnownRows = (caseId: string, rows: number): void => {
  known.set(caseId, Math.max(rows, knownRows(caseId)))
}

/**
 * Forgets recorded rows, because the person wants the case to be marked as changed again.
 *
 * @param rows  the previous number of known rows; 0 for a case that this tab had not shown
 */
export const forgetKnownRows = (caseId: string, rows: number): void => {
  if (rows === 0) known.delete(caseId)
  else known.set(caseId, rows)
}

/** Counts one of the person's own rows in a case that was shown before. */
export const noteOwnRow = (caseId: string): void => {
  const rows = known.get(caseId)
  if (rows !== undefined) known.set(caseId, rows + 1)
}
