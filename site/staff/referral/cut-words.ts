// Records a decision for each marked detail in a text, and cuts the details that a colleague
// removes.

/** Replaces removed characters. */
export const CUT = '[…]'

export const DETAIL_KINDS = ['name', 'place', 'account', 'date', 'number'] as const
export type DetailKind = (typeof DETAIL_KINDS)[number]

/** A detail in a text, from its first character to just after its last. */
export interface DetailMark {
  from: number
  to: number
  kind: DetailKind
  decision: 'open' | 'keep' | 'remove'
}

export interface MarkedText {
  text: string
  /** in order, and not overlapping */
  marks: readonly DetailMark[]
}

/** Returns the number of undecided marks. */
export const openMarks = ({ marks }: Pick<MarkedText, 'marks'>): number =>
  marks.filter(({ decision }) => decision === 'open').length

/**
 * Returns the text without the characters of removed details. The same text replaces every removed
 * detail.
 *
 * @throws for an undecided mark
 */
export function cutText({ text, marks }: MarkedText): string {
  if (openMarks({ marks }) > 0) throw new Error('every mark is decided before words leave')
  let left = ''
  let at = 0
  for (const { from, to, decision } of marks) {
    left += text.slice(at, from) + (decision === 'remove' ? CUT : text.slice(from, to))
    at = to
  }
  return left + text.slice(at)
}

/** Returns the text with one decision changed. */
export const withDecision = (
  marked: MarkedText,
  at: number,
  decision: DetailMark['decision'],
): MarkedText => ({
  ...marked,
  marks: marked.marks.map((mark, n) => (n === at ? { ...mark, decision } : mark)),
})
