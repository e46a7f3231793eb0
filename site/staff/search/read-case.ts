// Extracts a title and the words that the index keeps from an opened report. The title comes from
// the summary, or otherwise from the first words of the first letter.
import * as z from 'zod/mini'
import { CaseMerge } from '#protocol/staff/case-log/changes'
import type { KeyHashes } from '#protocol/staff/case-log/key-hash'
import { type SealedCase } from '#protocol/staff/list/sealed-cases'
import { type CaseReader } from '../case/read/key-hashes.ts'
import { openAnswers, openLetters } from '../case/read/open-letters.ts'
import { openEntries } from '../case/read/read-entries.ts'
import { openRecords, personsIn, summaryIn } from '../case/read/read-records.ts'
import { openCaseKeys } from '../crypto/case-key.ts'
import { Risk } from '../crypto/risk.ts'
import { type ReadReport } from '../crypto/parse-report.ts'
import { KeptCounts, keptCountsOf } from './kept-counts.ts'
import { KeptHelp, keptHelpOf, MendedElsewhere } from './kept-help.ts'
import { KeptReferral, keptReferralsOf } from './kept-referrals.ts'
import { KeptHandover, keptHandoversOf, ReadElsewhere } from './kept-handovers.ts'
import { EndedElsewhere, KeptTask, keptTasksOf } from './open-tasks.ts'
import { ReadState } from './signed-state.ts'

/** The part of one report that a piece keeps. */
export const ReadCase = z.object({
  /** base64url */
  id: z.string(),
  /** the case that absorbed this report, or null */
  mergedInto: z.nullable(z.string()),
  /** the case into which it was merged first, according to its own log; or null */
  mergedFirst: z.nullable(z.string()),
  /** UTC day when the report arrived */
  day: z.string(),
  followUps: z.int(),
  rows: z.int(),
  /** the state that its rows record; null when they record none */
  signed: z.nullable(ReadState),
  title: z.string(),
  tags: z.array(z.string()),
  risk: z.nullable(Risk),
  language: z.string(),
  marks: z.array(z.string()),
  /** names, contacts and words about the people in the case */
  persons: z.string(),
  /** names and contacts of these people, one by one */
  names: z.array(z.string()),
  /** the places that the letters mention */
  places: z.array(z.string()),
  /** the words of letters, replies and entries */
  words: z.string(),
  /** the open tasks of this report, and its follow-ups */
  tasks: z.array(KeptTask),
  /** tasks from absorbed reports that an entry in this report ended */
  endedElsewhere: z.array(EndedElsewhere),
  /** the help recorded in this report, each entry in its newest version */
  help: z.array(KeptHelp),
  /** help recorded in absorbed reports that an entry in this report corrected or took back */
  mendedElsewhere: z.array(MendedElsewhere),
  /** the newest handovers of this report */
  handovers: z.array(KeptHandover),
  /** handovers from absorbed reports that an entry in this report marks as read */
  readElsewhere: z.array(ReadElsewhere),
  /** the entries in this report about its referrals, and about those in absorbed reports */
  referrals: z.array(KeptReferral),
  /** the data for figures, except help */
  counts: KeptCounts,
})
export type ReadCase = z.infer<typeof ReadCase>

/** Maximum number of characters of a case that the index keeps. */
const MOST_CHARS = 60_000
/** The maximum length of a title taken from the first letter, in characters. */
const TITLE_CHARS = 80

/**
 * Opens a report and reads its words. A part that does not open is left out. The index neither
 * proves the origin of a letter nor compares a part with the log. The case screen does both.
 *
 * @param hashes  the hashes of the case keys, see readKeyRows
 * @throws nothing for a sealed part that does not open
 */
export async function readCaseWords(
  keys: CaseReader['keys'],
  hashes: KeyHashes,
  sealed: SealedCase,
): Promise<Omit<ReadCase, 'signed'>> {
  const { id, day, mergedInto, extent } = sealed
  const caseKeys = await openCaseKeys(keys, sealed, hashes)
  const [letters, entries, records] = await Promise.all([
    openLetters(keys, caseKeys, sealed),
    openEntries(caseKeys, id, sealed.entries),
    openRecords(caseKeys, id, sealed.records),
  ])
  const { first, followUps } = letters
  const answers = await openAnswers(first, sealed.answers)
  const reports = [first, ...followUps.map(({ letter }) => letter)].flatMap((letter) =>
    letter === null ? [] : [letter.report],
  )
  const summary = summaryIn(records)
  const people = personsIn(records)
  const persons = people.map(({ kept }) => kept)
  return {
    ...{ id, day, mergedInto, mergedFirst: mergedFirstIn(sealed), ...extent },
    ...keptTasksOf({ id, entries }),
    ...keptHelpOf({ id, entries }),
    ...keptHandoversOf({ id, entries }),
    referrals: await keptReferralsOf({
      entries,
      sealed: new Map(sealed.entries.map((each) => [each.n, each.sealed])),
    }),
    counts: keptCountsOf({ day, letters, answers, persons: people }),
    // If the case has a content note, the list does not show the first words of the letter.
    title: summary?.title.trim() || summary?.note.trim() || '',
    tags: summary?.tags ?? [],
    risk: summary?.risk ?? null,
    language: first?.report.lang ?? '',
    marks: summary?.marks ?? [],
    persons: persons
      .map(({ name, contact, age, text }) => [name, contact, age, text].join(' '))
      .join('\n')
      .slice(0, MOST_CHARS),
    names: distinct(persons.flatMap(({ name, contact }) => [name, contact])),
    places: distinct(reports.map(({ place }) => place ?? '')),
    words: [
      ...reports.flatMap(textsOf),
      ...answers.map(({ text }) => text ?? ''),
      ...entries.map(({ entry }) => entry?.text ?? ''),
    ]
      // The first line provides the title, so a letter without words leaves it empty.
      .filter((text, at) => text.trim() !== '' || (at === 0 && first !== null))
      .map((text) => text.trim())
      .join('\n')
      .slice(0, MOST_CHARS),
  }
}

/** Returns null for a text that is not a change, because the server may send any text. */
function mergedFirstIn({ signed: { merge } }: SealedCase): string | null {
  try {
    return merge === null ? null : CaseMerge.parse(JSON.parse(merge)).into
  } catch {
    return null
  }
}

const distinct = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '')

/**
 * Returns the title of the summary, or the first words of the first letter; '' for a letter without
 * words.
 */
export function caseTitle({ title, words }: Pick<ReadCase, 'title' | 'words'>): string {
  if (title !== '') return title
  const [first = ''] = words.split('\n', 1)
  if (first.length <= TITLE_CHARS) return first
  return `${first.slice(0, TITLE_CHARS).replace(/\s\S*$/, '')}…`
}

/** Returns the words of a letter, its place, and the advice for reaching its writer. */
export const textsOf = ({ text, place, contact }: ReadReport): string[] => [
  text,
  place ?? '',
  ...(contact
    ? [contact.how, contact.when, contact.avoid, contact.name].map((each) => each ?? '')
    : []),
]
