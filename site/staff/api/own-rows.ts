// Remembers the number of rows of a case log that this tab knows. A person's own rows then do not
// mark the case as changed. Keeps ids and numbers, in memory only.

const known = new Map<string, number>()

/** Returns the number of known rows of a case, or 0 for a case that this tab has not shown. */
export const knownRows = (caseId: string): number => known.get(caseId) ?? 0

/** Records the rows of a case that was shown, or that the person's own action has extended. */
export const noteKnownRows = (caseId: string, rows: number): void => {
  known.set(caseId, Math.max(rows, knownRows(caseId)))
}

/**
 * Forgets rows that were noted, because the person wants the case marked as changed again.
 *
 * @param rows  the known rows of before; 0 for a case that this tab had not shown
 */
export const forgetKnownRows = (caseId: string, rows: number): void => {
  if (rows === 0) known.delete(caseId)
  else known.set(caseId, rows)
}

/** Notes one of the person's own rows in a case that was shown before. */
export const noteOwnRow = (caseId: string): void => {
  const rows = known.get(caseId)
  if (rows !== undefined) known.set(caseId, rows + 1)
}
