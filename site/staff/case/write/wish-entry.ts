// Makes the entries about wishes from the fields in the forms.
import { minuteOf } from '#protocol/time'
import { HEARD_BY, WISHES, type EntryOf, type WishParty } from '../../crypto/case-entry.ts'
import { ownValue } from '../../crypto/prototype-guard.ts'
import { type Party } from '../read/wish-rules.ts'
import { type RecordFields } from './record-draft.ts'

/** Formats a moment in the device's local time: `2026-11-24T21:05`. */
export function localMinute(ms: number): string {
  const shift = new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - shift).toISOString().slice(0, 16)
}

const LETTER = /^letter (\S+)$/
const PERSON = /^person (\S+) (\d+)$/

/** Returns null for a string that identifies neither a letter nor a person. */
function partyFrom(party: string): WishParty | null {
  const [, letter] = LETTER.exec(party) ?? []
  if (letter !== undefined) return { letter }
  const [, caseId, record] = PERSON.exec(party) ?? []
  return caseId !== undefined ? { caseId, record: Number(record) } : null
}

/** Returns null until the form states whose wish it is, what it says, and when it was heard. */
export function wishFrom(fields: RecordFields, nowMs: number): EntryOf<'wish'> | null {
  const of = partyFrom(ownValue(fields, 'of') ?? '')
  const wish = WISHES.find((each) => each === ownValue(fields, 'wish'))
  const heardMs = Date.parse(ownValue(fields, 'when') ?? '')
  if (!of || !wish || Number.isNaN(heardMs)) return null
  return {
    ...{ v: 1, kind: 'wish', at: minuteOf(nowMs), of, wish },
    text: (ownValue(fields, 'text') ?? '').trim(),
    how: HEARD_BY.find((each) => each === ownValue(fields, 'how')) ?? 'call',
    heardBy: ownValue(fields, 'by') ?? '',
    heardAt: minuteOf(Math.min(heardMs, nowMs)),
  }
}

/**
 * @param about  every letter and record of the person whom the case is about; empty while the
 *   person is unknown
 */
export const aboutFrom = (about: readonly Party[], nowMs: number): EntryOf<'about'> => ({
  ...{ v: 1, kind: 'about', at: minuteOf(nowMs), text: '' },
  of: about.flatMap((each) => partyFrom(each) ?? []),
})
