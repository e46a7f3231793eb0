// Records the ledger rows between which a key counted as the signing key of a reader or a
// caseworker. Case logs are kept after the people who signed them have left.
import type { Statement } from '../statement.ts'
import { isCaseworker, isReader } from './roster-checks.ts'
import type { Member, ReaderSpan, Roster } from './roster-state.ts'

/** Returns the spans that contain a ledger row. @param n  row number, from 1 */
export const spansAt = (spans: readonly ReaderSpan[] | undefined, n: number): ReaderSpan[] =>
  (spans ?? []).filter(({ from, until }) => from <= n && (until === null || n < until))

/**
 * Begins or ends spans after a row about a person has been applied, but before `roster.rows` counts
 * it.
 */
export function noteReader(roster: Roster, { subject, actor }: Statement): void {
  const member = roster.people.get(subject)
  if (!member) return
  const row = roster.rows + 1
  const isChanged = [
    noteSpan(roster.readers, member, isReader(member), row),
    noteSpan(roster.caseworkers, member, isCaseworker(member), row),
  ].includes(true)
  if (isChanged) roster.peopleChange = { row, by: actor }
}

/** @returns true when a span began or ended */
function noteSpan(
  all: Map<string, ReaderSpan[]>,
  { id, signPublic }: Member,
  isOn: boolean,
  row: number,
): boolean {
  const spans = all.get(id) ?? []
  const open = spans.find(({ until }) => until === null)
  if (open && isOn && open.signPublic === signPublic) return false
  if (open) open.until = row
  if (isOn) spans.push({ signPublic, from: row, until: null })
  all.set(id, spans)
  return open !== undefined || isOn
}
