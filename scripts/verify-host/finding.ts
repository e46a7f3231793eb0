// Defines one line of the report: a rule, and whether the host obeys the rule.
export interface HostFinding {
  state: 'ok' | 'FAILED' | 'by hand'
  rule: string
  /**
   * the fault that was found, or instructions for checking the rule by hand; '' without a fault
   */
  why: string
}

/** Returns the finding for a rule. A host obeys the rule when no fault is found. */
export const judge = (rule: string, broken: string[]): HostFinding => ({
  state: broken.length === 0 ? 'ok' : 'FAILED',
  rule,
  why: broken.join('; '),
})

/**
 * Evaluates a rule about responses. Without a response, no rule is satisfied, because nothing can
 * be checked.
 */
export const judgeOf = <T>(rule: string, came: T[], faultsOf: (each: T) => string[]): HostFinding =>
  judge(rule, came.length === 0 ? ['nothing came'] : came.flatMap(faultsOf))

export const byHand = (rule: string, why = ''): HostFinding => ({ state: 'by hand', rule, why })

export const lineOfFinding = ({ state, rule, why }: HostFinding): string =>
  `${state.padEnd(7)}  ${rule}${why === '' ? '' : `: ${why}`}`

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error)
