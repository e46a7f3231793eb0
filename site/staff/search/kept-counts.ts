// Keeps the data for figures in the index: letters, the first reply, and facts about people, but
// not help. Figures can then be computed without opening a case. Like the words, the data come from
// sealed parts, which only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { DAY_MS } from '#protocol/limits'
import type { Status } from '#protocol/staff/fields'
import type { LoadedPerson } from '../case/read/read-records.ts'
import { classesSay } from '../case/read/minor-of.ts'
import type { OpenLetters, OurReply } from '../case/read/open-letters.ts'
import { type PersonPlace } from '../crypto/case-entry.ts'
import { PERSON_ROLES } from '../crypto/case-record.ts'
import { Classification } from '../crypto/classification.ts'
import type { ReadState } from './signed-state.ts'

/**
 * The facts about a person that figures count. Indicators and methods of control are not included.
 */
export const KeptPerson = z.object({
  /** number of the record */
  record: z.int(),
  /** no figure counts a person who is accused */
  role: z.enum(PERSON_ROLES.filter((role) => role !== 'suspect')),
  gender: Classification.shape.gender,
  /** from the answer about the age and the age band; counts as a child when the two differ */
  under18: Classification.shape.under18,
  exploitation: Classification.shape.exploitation,
  exploitedIn: Classification.shape.exploitedIn,
})
export type KeptPerson = z.infer<typeof KeptPerson>

export const KeptCounts = z.object({
  /** the number of letters that open, by the year in which they arrived */
  letters: z.array(z.object({ year: z.string(), n: z.int() })),
  /**
   * minutes from the first letter to the first reply by staff; null when either time is not known
   */
  replyMinutes: z.nullable(z.int()),
  /** true while the last reply by staff is older than the last letter */
  waits: z.boolean(),
  people: z.array(KeptPerson),
  /** records of accused people, whose help no figure counts */
  accused: z.array(z.int()),
})
export type KeptCounts = z.infer<typeof KeptCounts>

const MINUTE_MS = 60_000

interface CountedParts {
  /** UTC day when the report arrived */
  day: string
  letters: OpenLetters
  answers: readonly OurReply[]
  persons: readonly Pick<LoadedPerson, 'record' | 'kept'>[]
}

export function keptCountsOf({ day, letters, answers, persons }: CountedParts): KeptCounts {
  const { first, followUps } = letters
  const arrived = [
    ...(first ? [day] : []),
    ...followUps.flatMap((each) => (each.letter === null ? [] : [each.day])),
  ]
  const years = [...new Set(arrived.map((each) => each.slice(0, 4)))].sort()
  return {
    letters: years.map((year) => ({
      year,
      n: arrived.filter((each) => each.startsWith(year)).length,
    })),
    replyMinutes: minutesBetween({ day, writtenAt: first?.report.at ?? '', answers }),
    waits: lastOf(letters) > (answers.at(-1)?.at ?? ''),
    people: persons.flatMap(factsOf),
    accused: persons.flatMap(({ record, kept }) => (kept.role === 'suspect' ? [record] : [])),
  }
}

/** Returns the minute of the last letter that opens; empty if there is none. */
const lastOf = ({ first, followUps }: OpenLetters): string =>
  [first, ...followUps.map(({ letter }) => letter)].reduce(
    (last, letter) => (letter && letter.report.at > last ? letter.report.at : last),
    '',
  )

/** A phone with a wrong clock does not show how long its owner waited. */
function minutesBetween({
  day,
  writtenAt,
  answers,
}: Pick<CountedParts, 'day' | 'answers'> & { writtenAt: string }): number | null {
  const [replied] = answers.map(({ at }) => Date.parse(at)).filter(Number.isFinite)
  const written = Date.parse(writtenAt)
  if (replied === undefined || Math.abs(written - Date.parse(day)) > 2 * DAY_MS) return null
  const minutes = Math.round((replied - written) / MINUTE_MS)
  return minutes >= 0 ? minutes : null
}

function factsOf({ record, kept }: CountedParts['persons'][number]): KeptPerson[] {
  const { role } = kept
  if (role === 'suspect') return []
  const { gender, under18, ageBand, exploitation, exploitedIn } = kept.classes
  const isAsked = under18 !== null || ageBand !== null
  const said = isAsked ? classesSay(kept.classes) : null
  return [{ record, role, gender, under18: said, exploitation, exploitedIn }]
}

/** The data that a case contributes to the figures, except its help and referrals. */
export interface CaseCounts {
  /** UTC day of its first letter; null for a case that was closed as a test */
  since: string | null
  status: Status
  /** UTC day on which the status was last set; null for a new case */
  statusDay: string | null
  /** true while nobody on the staff has replied to the last letter of a thread */
  waits: boolean
  letters: KeptCounts['letters']
  /** the year and the waiting time of each letter that began a thread and that staff answered */
  replies: readonly { year: string; minutes: number }[]
  people: readonly (KeptPerson & { caseId: string })[]
  accused: readonly PersonPlace[]
}

interface CountedReport {
  id: string
  day: string
  signed: Pick<ReadState, 'status' | 'closeReason' | 'statusDay'> | null
  counts: KeptCounts
}

/** @param all  the report of the case first, then the absorbed ones */
export function countsIn(all: readonly CountedReport[]): CaseCounts {
  // Only a colleague's signed row shows that a letter is a test. A stranger could have set the mark
  // inside a letter.
  const real = all.filter(({ signed }) => signed?.closeReason !== 'test')
  const days = real.map(({ day }) => day).sort()
  const state = all[0]?.signed
  return {
    since: days[0] ?? null,
    status: state?.status ?? 'new',
    statusDay: state?.statusDay ?? null,
    waits: real.some(({ counts }) => counts.waits),
    letters: real.flatMap(({ counts }) => counts.letters),
    replies: real.flatMap(({ day, counts: { replyMinutes: minutes } }) =>
      minutes === null ? [] : [{ year: day.slice(0, 4), minutes }],
    ),
    people: all.flatMap(({ id, counts }) => counts.people.map((each) => ({ ...each, caseId: id }))),
    accused: all.flatMap(({ id, counts }) =>
      counts.accused.map((record) => ({ caseId: id, record })),
    ),
  }
}
