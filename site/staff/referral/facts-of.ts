// Extracts from an open case the facts about one person that can leave, and the details to look
// for.
import { type PersonPlace } from '../crypto/case-entry.ts'
import { conversationOf } from '../case/read/conversation.ts'
import { threadsOf } from '../case/read/in-thread.ts'
import { type LoadedReport } from '../case/read/load-report.ts'
import { isKnownChild } from '../case/read/minor-of.ts'
import { personsIn, summaryIn } from '../case/read/read-records.ts'
import { isOtherRole, type LeavingFacts, type WordSource } from './content.ts'
import { FIELDS, type CaseField } from './fields.ts'
import { type KnownDetails } from './find-details.ts'

/** Returns an id for a person in a case or in the cases that it absorbed. */
const personId = ({ caseId, record }: PersonPlace): string => `${caseId} ${record}`

/** Lists the people with a signed record, because a server could show older or forged records. */
const peopleOf = (loaded: LoadedReport) =>
  threadsOf(loaded).flatMap(({ id: caseId, signed: { records } }) =>
    personsIn(records).map(({ record, kept }) => ({ id: personId({ caseId, record }), ...kept })),
  )

/** Lists the letters that are proven to come from the person of their thread. */
const provenLettersOf = (loaded: LoadedReport) =>
  threadsOf(loaded).flatMap(({ first, isOwner, followUps }) => [
    ...(first && isOwner ? [first.report] : []),
    // Anybody can seal a follow-up to the public key and put their own contact into it.
    ...followUps.flatMap(({ report, isProven }) => (report && isProven ? [report] : [])),
  ])

/** Lists all letters, even unproven ones, because an unnecessary mark does no harm. */
const lettersOf = (loaded: LoadedReport) =>
  threadsOf(loaded)
    .flatMap(({ first, followUps }) => [first?.report, ...followUps.map(({ report }) => report)])
    .flatMap((report) => report ?? [])

const distinct = (texts: readonly (string | undefined)[]): string[] =>
  [...new Set(texts.map((text) => (text ?? '').trim()))].filter((text) => text !== '')

/**
 * Returns the facts that the case contains about a person.
 *
 * @param person  null for a person without a record
 * @param needWords  returns the label for the code of a need
 */
export function factsOf(
  loaded: LoadedReport,
  person: PersonPlace | null,
  needWords: (code: string) => string,
): LeavingFacts {
  const chosen = person && personId(person)
  const people = peopleOf(loaded)
  const { name = '', age = '', contact = '' } = people.find(({ id }) => id === chosen) ?? {}
  const letters = provenLettersOf(loaded)
  const known: Partial<Record<CaseField, string>> = {
    ...{ name, age, contact },
    place: distinct(letters.map(({ place }) => place)).join('; '),
    needs: distinct(letters.flatMap(({ needs }) => needs.map(needWords))).join(', '),
    safe_contact: safeContactOf(loaded),
  }
  return {
    // Guarantee: every field has a value, which is empty when the case does not contain it.
    values: Object.fromEntries(FIELDS.map((each) => [each, known[each] ?? ''])) as Record<
      CaseField,
      string
    >,
    isKnownChild: isKnownChild(loaded, person),
    countries: { origin: '', place: '' },
    sizes: { origin: null, place: null },
    others: people.flatMap(({ id, name: other, role }) =>
      id === chosen || other.trim() === '' || !isOtherRole(role) ? [] : [{ id, name: other, role }],
    ),
  }
}

/**
 * Returns the newest advice for reaching the writer. The name to ask for is a separate field, and
 * the code word never leaves. If there are several writers, the way to reach one of them may betray
 * another.
 */
function safeContactOf(loaded: LoadedReport): string {
  if (loaded.others.length > 0) return ''
  const { how, when, avoid } =
    provenLettersOf(loaded).findLast(({ contact }) => contact)?.contact ?? {}
  return distinct([avoid, how, when]).join('; ')
}

/** @param colleagues  the names of the staff, which must not leave with a letter by accident */
export function knownDetailsOf(loaded: LoadedReport, colleagues: readonly string[]): KnownDetails {
  const letters = lettersOf(loaded)
  const records = threadsOf(loaded).flatMap((thread) => thread.records)
  const marks = threadsOf(loaded).flatMap((thread) => summaryIn(thread.records)?.marks ?? [])
  return {
    names: distinct([
      ...personsIn(records).flatMap(({ kept: { name, contact } }) => [name, contact]),
      ...letters.flatMap(({ contact }) => [contact?.name, contact?.word]),
      ...colleagues,
    ]),
    places: distinct([...letters.map(({ place }) => place), ...marks]),
  }
}

export interface CaseWords {
  /** identifies the words within the case */
  id: string
  source: WordSource
  text: string
  /** `2026-12-01`; empty for a summary */
  day: string
}

/** Lists the proven letters, and the notes and summaries of a case. */
export function wordsOfCase(loaded: LoadedReport): CaseWords[] {
  const threads = threadsOf(loaded)
  const letters = conversationOf(loaded).flatMap(({ key, from, text, day, doubts }) =>
    from === 'person' && text && !doubts.includes('unproven')
      ? [{ id: key, source: 'letter' as const, text, day }]
      : [],
  )
  const notes = threads.flatMap(({ signed }) =>
    signed.entries.flatMap(({ key, entry }) =>
      entry?.kind === 'note'
        ? [{ id: key, source: 'note' as const, text: entry.text, day: entry.at.slice(0, 10) }]
        : [],
    ),
  )
  const summaries = threads.flatMap(({ id, signed }) => {
    const text = summaryIn(signed.records)?.title ?? ''
    return text === '' ? [] : [{ id: `summary ${id}`, source: 'summary' as const, text, day: '' }]
  })
  return [...letters, ...notes, ...summaries]
}
