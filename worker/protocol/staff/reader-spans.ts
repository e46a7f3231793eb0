// Notes on which days and with which key a person could sign as a reader or a caseworker. The logs
// of cases outlive the people who signed them.
import { dayOf } from '../time.ts'
import { CLOCK_MS, type Statement } from './chain.ts'
import { isCaseworker, isReader, timeOf } from './roster-checks.ts'
import type { Member, ReaderSpan, Roster } from './roster-state.ts'

/** The clocks of the two signers may differ from the clock of the edge in opposite directions. */
const APART_MS = 2 * CLOCK_MS

/** Returns the spans that hold a UTC day. */
export const spansOn = (spans: readonly ReaderSpan[] | undefined, day: string): ReaderSpan[] =>
  (spans ?? []).filter(({ from, until }) => from <= day && (until === null || day <= until))

/** Begins or ends spans after a row about a person was applied. */
export function noteReader({ people, readers, caseworkers }: Roster, said: Statement): void {
  const member = people.get(said.subject)
  if (!member) return
  noteSpan(readers, member, isReader(member), said)
  noteSpan(caseworkers, member, isCaseworker(member), said)
}

function noteSpan(
  all: Map<string, ReaderSpan[]>,
  { id, signPublic }: Member,
  isOn: boolean,
  said: Statement,
): void {
  const spans = all.get(id) ?? []
  const open = spans.find(({ until }) => until === null)
  if (open && isOn && open.signPublic === signPublic) return
  if (open) open.until = dayOf(timeOf(said) + APART_MS)
  if (isOn) spans.push({ signPublic, from: dayOf(timeOf(said) - APART_MS), until: null })
  all.set(id, spans)
}
