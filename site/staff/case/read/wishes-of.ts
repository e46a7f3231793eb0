// Finds every wish in a loaded case: ticked in a letter, or heard later by a colleague. Also
// determines whom the case is about.
import { KIND } from '#protocol/report/envelope'
import { CaseAbsorb } from '#protocol/staff/case-log/changes'
import { type EntryOf, type WishParty } from '../../crypto/case-entry.ts'
import { inOrder } from './conversation.ts'
import { enteredBy } from './entered-by.ts'
import { threadsOf } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'
import { type LoadedThread } from './open-thread.ts'
import { readCaseRows } from './read-case-rows.ts'
import {
  aboutOf,
  personOf,
  writerOf,
  type CasePart,
  type CaseWishes,
  type GivenWish,
  type Party,
} from './wish-rules.ts'

/** A wish with its origin, as a screen shows it. */
export interface KnownWish extends GivenWish {
  source:
    | {
        is: 'letter'
        /** id of the report that began the thread */
        thread: string
        day: string
        /** the minute sealed inside the letter; empty when it is not known */
        at: string
        /** id of the colleague who wrote the letter down; null for the person's own letter */
        by: string | null
      }
    | { is: 'heard'; entry: EntryOf<'wish'> }
}

export type KnownWishes = CaseWishes<KnownWish>

export const wishesOf = (loaded: LoadedReport): KnownWishes =>
  wishesIn(threadsOf(loaded), partsOf(loaded), loaded.item.id)

/**
 * Returns the wishes of the case that results from merging two cases.
 *
 * @param into  the surviving case
 */
export function wishesOfBoth(from: LoadedReport, into: LoadedReport): KnownWishes {
  const parts = partsOf(into).map((part) =>
    part.caseId === into.item.id
      ? {
          ...part,
          absorbed: [...part.absorbed, { n: Number.MAX_SAFE_INTEGER, caseId: from.item.id }],
        }
      : part,
  )
  const threads = [...threadsOf(into), ...threadsOf(from)]
  return wishesIn(threads, [...parts, ...partsOf(from)], into.item.id)
}

const wishesIn = (
  threads: readonly LoadedThread[],
  parts: readonly CasePart[],
  caseId: string,
): KnownWishes => ({
  writers: inOrder(threads).map(({ id }) => writerOf(id)),
  about: aboutOf(parts, caseId),
  wishes: threads.flatMap((thread) => [...wishesInLetters(thread), ...wishesHeard(thread)]),
})

const partsOf = (loaded: LoadedReport): CasePart[] =>
  threadsOf(loaded).map(({ id, kind, sealed, entries }) => ({
    caseId: id,
    derived: kind === KIND.helpForMe ? writerOf(id) : null,
    said: entries.flatMap(({ n, entry }) =>
      entry?.kind === 'about' ? [{ n, of: entry.of.map(wishPartyOf) }] : [],
    ),
    absorbed: readCaseRows(sealed.log).flatMap(({ n, action, change }) => {
      const absorb = action === 'case.absorb' ? CaseAbsorb.safeParse(change).data : undefined
      return absorb ? [{ n, caseId: absorb.from }] : []
    }),
  }))

const wishPartyOf = (of: WishParty): Party =>
  'letter' in of ? writerOf(of.letter) : personOf(of.caseId, of.record)

/**
 * A letter that is not proven to come from the person in the thread does not change that person's
 * wishes.
 */
function wishesInLetters({ id, day, sealed, first, followUps }: LoadedThread): KnownWish[] {
  const proven = followUps.filter(({ isProven }) => isProven)
  const letters = [{ id, day, report: first?.report ?? null }, ...proven]
  return letters.flatMap(({ id: letter, day: came, report }): KnownWish[] => {
    if (!report?.consent) return []
    const by = letter === id ? enteredBy(sealed, first) : null
    return [
      {
        ...{ key: letter, of: writerOf(id), wish: report.consent, row: null },
        ...writtenBetween(came, report.at),
        source: { is: 'letter', thread: id, day: came, at: report.at, by },
      },
    ]
  })
}

/**
 * The minute inside a letter counts only if it falls on the day when the letter arrived. Otherwise
 * the writer's clock was wrong, or somebody else carried the letter.
 *
 * @param at  the sealed minute; empty when it is not known
 */
function writtenBetween(day: string, at: string): Pick<GivenWish, 'from' | 'until'> {
  if (at.startsWith(day)) return { from: at, until: at }
  const begin = `${day}T00:00Z`
  return { from: at !== '' && at < begin ? at : begin, until: `${day}T24:00Z` }
}

/** A wish is heard before it is written down, so a mistyped day must not hide a later wish. */
const wishesHeard = ({ id, entries }: LoadedThread): KnownWish[] =>
  entries.flatMap(({ key, n, entry }): KnownWish[] => {
    if (entry?.kind !== 'wish') return []
    const at = entry.heardAt < entry.at ? entry.heardAt : entry.at
    return [
      {
        ...{ key, of: wishPartyOf(entry.of), wish: entry.wish, row: { caseId: id, n } },
        ...{ from: at, until: at },
        source: { is: 'heard', entry },
      },
    ]
  })
