// Lists the signs of the self-check, and evaluates the ticked signs. The signs are the ILO's eleven
// indicators of forced labour (2012). Signs that a person can see and describe come first, and
// abstract signs come last. `now` means that a person may be in danger at this moment.
export interface SelfCheckSign {
  id: string
  now: boolean
}

export const signs: readonly SelfCheckSign[] = [
  { id: 'documents', now: false },
  { id: 'wages', now: false },
  { id: 'movement', now: true },
  { id: 'threats', now: true },
  { id: 'violence', now: true },
  { id: 'debt', now: false },
  { id: 'isolation', now: false },
  { id: 'overtime', now: false },
  { id: 'conditions', now: false },
  { id: 'deceived', now: false },
  { id: 'vulnerable', now: false },
]

export type SelfCheckOutcome = 'now' | 'some' | 'none'

export interface Mark {
  marked: boolean
  now: boolean
}

/**
 * Returns the outcomes for the ticked signs. Danger always comes first. A single tick is enough for
 * `some`.
 */
export function outcomesOf(marks: readonly Mark[]): SelfCheckOutcome[] {
  const marked = marks.filter((mark) => mark.marked)
  if (marked.length === 0) return ['none']
  return marked.some(({ now }) => now) ? ['now', 'some'] : ['some']
}
