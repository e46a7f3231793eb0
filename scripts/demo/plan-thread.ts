// Plans the thread of an invented report: follow-ups, replies, notes, help and statuses, in
// chronological order. Every planned event lies in the past.
import type { Status } from '#protocol/staff/fields'
import { DAY_MS } from '#protocol/limits'
import {
  composeFollowUp,
  composeNote,
  composeReply,
  type NoteTime,
} from '#scripts/demo/compose-text'
import type { Story } from '#scripts/demo/tell-story'
import { happens, type Chance } from '#scripts/shared/seeded-random'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import { HELP_KINDS, type HelpKind, type HelpOutcome } from '#site/staff/crypto/case-entry.ts'

/** Colleagues who can open reports: the first people on the staff list. */
const READERS = 3

interface FollowUp {
  what: 'followUp'
  text: string
  danger: boolean
  /** `foreign`: made under a key other than the reporter's */
  proof: 'mac' | 'none' | 'foreign'
  /** number of the visit, and of the follow-up in the visit */
  visit: number
  n: number
}
/** `by` is the index of a colleague in the list of staff. */
type StaffEvent =
  | { what: 'reply'; by: number; text: string }
  | { what: 'note'; by: number; text: string }
  | { what: 'status'; by: number; to: Status }
  | { what: 'person'; by: number; person: CasePerson }
  | HelpEvent

interface HelpEvent {
  what: 'help'
  by: number
  help: HelpKind
  outcome: Exclude<HelpOutcome, 'denied'>
}

export type ThreadEvent = { at: number } & (FollowUp | StaffEvent)
export type PlannedHelp = { at: number } & HelpEvent

interface Frame {
  arrivedAt: number
  now: number
  /** true when the reporter has a return number, so that both sides can write */
  hasNumber: boolean
  /** true when the reporter has no JavaScript, so that each follow-up is a separate visit */
  isForm: boolean
}

const HOUR_MS = DAY_MS / 24
export const MINUTE_MS = HOUR_MS / 60
/** Maximum number of rounds of reply and follow-up. */
const TURNS = 4
/** Maximum number of kinds of help in one case. */
const HELP_TURNS = 3

function proofBy(chance: Chance): FollowUp['proof'] {
  const roll = chance.below(100)
  return roll < 88 ? 'mac' : roll < 94 ? 'none' : 'foreign'
}

export function planThread(chance: Chance, story: Story, frame: Frame): ThreadEvent[] {
  const { arrivedAt, now, hasNumber, isForm } = frame
  const events: ThreadEvent[] = []
  let at = arrivedAt
  let visit = 0
  // Steps of at least a minute keep the events of a thread in order.
  const add = (hours: number, event: FollowUp | StaffEvent): void => {
    at += (1 + chance.below(hours * 60)) * MINUTE_MS
    events.push({ at, ...event })
  }
  const by = chance.below(READERS)
  const another = (by + 1 + chance.below(READERS - 1)) % READERS
  const note = (author: number, time: NoteTime): void =>
    add(6, { what: 'note', by: author, text: composeNote(chance, story, time) })

  const writeAgain = (): void => {
    // A follow-up that did not arrive leaves a gap in its visit.
    const gap = !isForm && happens(chance, 5) ? 1 : 0
    const count = !isForm && happens(chance, 20) ? 2 : 1
    for (let n = gap; n < gap + count; n++)
      add(n === gap ? 96 : 1, {
        what: 'followUp',
        text: composeFollowUp(chance, story),
        danger: happens(chance, 2),
        proof: proofBy(chance),
        visit,
        n,
      })
    visit++
  }

  const ageDays = (now - arrivedAt) / DAY_MS
  // The staff have not yet read some of the latest reports.
  if (happens(chance, ageDays < 3 ? 85 : ageDays < 14 ? 50 : ageDays < 45 ? 14 : 0)) return []
  add(40, { what: 'status', by, to: 'in_progress' })
  if (happens(chance, 60)) note(by, 'begin')
  for (let turn = 0; hasNumber && turn < TURNS; turn++) {
    if (!happens(chance, turn === 0 ? 75 : 55)) break
    const author = happens(chance, 20) ? another : by
    add(30, { what: 'reply', by: author, text: composeReply(chance, story, turn === 0) })
    if (!happens(chance, 45)) break
    writeAgain()
    add(30, { what: 'status', by, to: 'in_progress' })
    if (happens(chance, 30)) note(another, 'work')
  }
  // Most people receive one kind of help, and some receive several.
  for (let kinds = 0; kinds < HELP_TURNS && happens(chance, 55); kinds++)
    add(60, {
      what: 'help',
      by: happens(chance, 20) ? another : by,
      help: chance.one(HELP_KINDS),
      outcome: chance.one(['given', 'given', 'given', 'offered', 'refused'] as const),
    })
  // Some cases take a long time, but few are still open after half a year.
  if (happens(chance, ageDays > 180 ? 98 : 80)) {
    add(30 * 24, { what: 'status', by, to: 'closed' })
    if (happens(chance, 30)) note(another, 'end')
    if (hasNumber && happens(chance, 3)) {
      writeAgain()
      add(72, { what: 'status', by, to: 'closed' })
    }
  }
  return events.filter((event) => event.at < now)
}
