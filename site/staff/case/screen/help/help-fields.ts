// Converts the fields of the form to a help entry, and back. An empty form means help that we gave
// today to the person whom the case is about.
import { localDayOf } from '#content/clock.ts'
import { hasWords } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import {
  DENIALS,
  HELP_KINDS,
  HELP_OUTCOMES,
  type EntryOf,
  type HelpKind,
  type PersonPlace,
} from '../../../crypto/case-entry.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { personValue } from '../../read/named-persons.ts'
import { type RecordFields } from '../../write/record-draft.ts'

/** The values of `giver` for us, and for an organisation that the form does not list. */
export const [BY_US, BY_OTHER] = ['us', 'other'] as const
/** The prefix of the value of `giver` for an organisation that the form lists. */
const LISTED = 'of '

export const giverOf = (receiver: string | null): string =>
  receiver === null ? BY_US : `${LISTED}${receiver}`

/** Returns the fields that stand in a new form. @param person  the person who gets help */
export const newFields = (person: PersonPlace | null): RecordFields => ({
  person: personValue(person),
})

export const fieldsOf = (help: EntryOf<'help'>): RecordFields => ({
  help: help.help,
  person: personValue(help.person),
  day: help.day,
  giver: giverOf(help.receiver),
  outcome: help.outcome,
  why: help.denial?.why ?? '',
  sentTo: help.denial?.sentTo ?? '',
  text: help.text,
})

const PERSON = /^(\S+) (\d+)$/

/** Makes a help entry. A missing or future day becomes today. */
export function helpFrom(fields: RecordFields, kind: HelpKind, nowMs: number): EntryOf<'help'> {
  const valueOf = (name: string): string => (ownValue(fields, name) ?? '').trim()
  const today = localDayOf(nowMs)
  const day = valueOf('day')
  const outcome = HELP_OUTCOMES.find((each) => each === valueOf('outcome')) ?? 'given'
  const [, caseId, record] = PERSON.exec(valueOf('person')) ?? []
  const why = DENIALS.find((each) => each === valueOf('why'))
  const isDenied = outcome === 'denied'
  return {
    ...{ v: 1, kind: 'help', at: minuteOf(nowMs), text: valueOf('text') },
    ...{ help: kind, day: day === '' || day > today ? today : day, outcome },
    // Only our own help can be denied, so a denial has no receiver.
    receiver: isDenied ? null : receiverIn(valueOf('giver'), valueOf('receiver')),
    person: caseId === undefined ? null : { caseId, record: Number(record) },
    ...(isDenied && why && { denial: { why, sentTo: valueOf('sentTo') } }),
  }
}

function receiverIn(giver: string, other: string): string | null {
  if (giver === BY_OTHER) return other
  return giver.startsWith(LISTED) ? giver.slice(LISTED.length) : null
}

/** Returns the kind of help that is selected in a correction. */
export const kindIn = (fields: RecordFields): HelpKind =>
  HELP_KINDS.find((each) => each === ownValue(fields, 'help')) ?? 'psychological'

export type MissingField = 'receiver' | 'why' | 'sent'

/** Lists the fields that are required and still empty. */
export function missingIn({ outcome, receiver, denial }: EntryOf<'help'>): MissingField[] {
  if (outcome !== 'denied') return receiver === '' ? ['receiver'] : []
  if (!denial) return ['why', 'sent']
  return hasWords(denial.sentTo) ? [] : ['sent']
}
