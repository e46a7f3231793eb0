// Prints the outcome of each step in each client as a table, and counts the outcomes.
export type StepOutcome = 'ok' | 'failed' | 'not reached' | 'not here' | '–'

export interface ClientRow {
  client: string
  /** one outcome per column */
  outcomes: StepOutcome[]
  /** the reason why the client is missing, or the failure */
  why: string
}

const GAP = 2

export function tableOf(columns: readonly string[], rows: ClientRow[]): string {
  const lines = [
    ['client', ...columns],
    ...rows.map(({ client, outcomes }) => [client, ...outcomes]),
  ]
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd((widths?.[at] ?? 0) + GAP))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * Counts the outcomes. Only a finished step counts as passed, and a step that was not reached
 * counts as failed. A missing browser counts as absent: it has neither passed nor failed.
 */
export function tallyOf(rows: ClientRow[]): { passed: number; failed: number; absent: number } {
  const all = rows.flatMap(({ outcomes }) => outcomes)
  return {
    passed: all.filter((each) => each === 'ok').length,
    failed: all.filter((each) => each === 'failed' || each === 'not reached').length,
    absent: rows.filter(({ outcomes }) => outcomes.includes('not here')).length,
  }
}
