// What the marks amount to. Danger comes first and is never left out; one mark is as good a reason to ask as many.
export type Outcome = 'now' | 'some' | 'none'

export interface Mark {
  marked: boolean
  now: boolean
}

export function outcomesOf(marks: readonly Mark[]): Outcome[] {
  const marked = marks.filter((mark) => mark.marked)
  if (marked.length === 0) return ['none']
  return marked.some(({ now }) => now) ? ['now', 'some'] : ['some']
}
