// Selects lines for an action on many cases. The functions are pure and keep the order of
// selection.

export type Selection = ReadonlySet<string>

export const NOTHING: Selection = new Set()

export function toggled(selected: Selection, id: string): Selection {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Adds every line from `from` to `to`, in either direction. Ignores an unknown line. */
export function withRange(
  selected: Selection,
  order: readonly string[],
  [from, to]: readonly [from: string, to: string],
): Selection {
  const ends = [order.indexOf(from), order.indexOf(to)].sort((a, b) => a - b)
  const [first = -1, last = -1] = ends
  return first === -1 ? new Set([...selected, to]) : withAll(selected, order.slice(first, last + 1))
}

export const withAll = (selected: Selection, ids: readonly string[]): Selection =>
  new Set([...selected, ...ids])

/** Drops lines that no longer exist, such as those of merged cases. */
export const stillThere = (selected: Selection, byId: ReadonlyMap<string, unknown>): Selection =>
  [...selected].every((id) => byId.has(id))
    ? selected
    : new Set([...selected].filter((id) => byId.has(id)))
