// Notes on which days a person of the roster could sign as a reader, and with which key. Case logs
// outlive the people who signed them.
import { dayOf } from '../time.ts'
import { CLOCK_MS, type Statement } from './chain.ts'
import { isReader, timeOf } from './roster-checks.ts'
import type { Roster } from './roster-state.ts'

/** The clocks of the two signers may differ from the clock of the edge in opposite directions. */
const APART_MS = 2 * CLOCK_MS

/** Begins or ends a span after a row about a person was applied. */
export function noteReader({ people, readers }: Roster, said: Statement): void {
  const member = people.get(said.subject)
  if (!member) return
  const spans = readers.get(member.id) ?? []
  const open = spans.find(({ until }) => until === null)
  const isOn = isReader(member)
  if (open && isOn && open.signPublic === member.signPublic) return
  if (open) open.until = dayOf(timeOf(said) + APART_MS)
  if (isOn)
    spans.push({
      signPublic: member.signPublic,
      from: dayOf(timeOf(said) - APART_MS),
      until: null,
    })
  readers.set(member.id, spans)
}
