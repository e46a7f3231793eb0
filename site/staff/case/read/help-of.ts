// Finds the help recorded in a case, among its own entries and the entries of absorbed cases. An
// entry never changes; a later entry corrects it or takes it back. The later entry refers to the
// version that its author saw. If two entries refer to the same version, only the first counts.
// Colleagues can still read the second entry in the history.
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseEntries } from './tasks-of.ts'

/** A version of a help entry, with its author and its row. */
export interface HelpVersion {
  key: string
  /** id of the case whose log contains the version */
  caseId: string
  /** number of the row that records the entry */
  n: number
  author: string
  help: EntryOf<'help'>
}

export interface Help {
  first: HelpVersion
  /** the newest version */
  last: HelpVersion
  /** the versions that colleagues corrected, newest first */
  former: readonly HelpVersion[]
  /** null while nobody has taken the entry back */
  end: { author: string; entry: EntryOf<'help_end'> } | null
}

type Ending = NonNullable<Help['end']>

const nameOf = (caseId: string, row: number): string => `${caseId} ${row}`

interface RowPlace {
  row: number
  caseId?: string | undefined
}

/**
 * Returns the version that row `n` of a log corrects or takes back, or null. A row can only refer
 * to an earlier row.
 */
function namedBy(caseId: string, n: number, place: RowPlace | undefined): string | null {
  if (!place) return null
  const { row, caseId: other = caseId } = place
  return other !== caseId || row < n ? nameOf(other, row) : null
}

/**
 * Lists help by day, newest first; help that was taken back comes last. A correction whose first
 * version does not open is shown as separate help.
 *
 * @param parts  the case first, then the cases that it absorbed
 */
export function helpOf(parts: readonly CaseEntries[]): Help[] {
  const versions = new Map<string, HelpVersion>()
  const corrections = new Map<string, HelpVersion>()
  const ends = new Map<string, Ending>()
  // An absorbed log ended before the surviving case could refer to its rows.
  for (const { id: caseId, entries } of [...parts].reverse())
    for (const { key, n, author, entry } of entries) {
      if (entry?.kind === 'help') {
        const version = { key, caseId, n, author, help: entry }
        versions.set(nameOf(caseId, n), version)
        const corrected = namedBy(caseId, n, entry.corrects)
        if (corrected !== null && !corrections.has(corrected)) corrections.set(corrected, version)
      }
      const ended = entry?.kind === 'help_end' ? namedBy(caseId, n, entry) : null
      if (entry?.kind === 'help_end' && ended !== null && !ends.has(ended))
        ends.set(ended, { author, entry })
    }
  const isFirst = ({ caseId, n, help }: HelpVersion): boolean => {
    const corrected = namedBy(caseId, n, help.corrects)
    return corrected === null || !versions.has(corrected)
  }
  return [...versions.values()]
    .filter(isFirst)
    .map((first) => helpFrom(first, corrections, ends))
    .sort((a, b) => compareHelp(a, b))
}

/**
 * Follows the corrections of one entry about help. Each entry refers to an earlier row, and even a
 * cycle of references would not cause an endless loop.
 */
function helpFrom(
  first: HelpVersion,
  corrections: ReadonlyMap<string, HelpVersion>,
  ends: ReadonlyMap<string, Ending>,
): Help {
  const chain = new Set([first])
  let last = first
  for (const each of chain) {
    last = each
    const next = corrections.get(nameOf(each.caseId, each.n))
    if (next) chain.add(next)
  }
  return {
    first,
    last,
    former: [...chain].slice(0, -1).reverse(),
    end: ends.get(nameOf(last.caseId, last.n)) ?? null,
  }
}

const compareHelp = (a: Help, b: Help): number =>
  Number(a.end !== null) - Number(b.end !== null) ||
  b.last.help.day.localeCompare(a.last.help.day) ||
  b.last.n - a.last.n

/** Returns true while the version is the newest and nobody has taken the help back. */
export const isCurrent = (
  parts: readonly CaseEntries[],
  { caseId, n }: Pick<HelpVersion, 'caseId' | 'n'>,
): boolean =>
  helpOf(parts).some(({ last, end }) => end === null && last.caseId === caseId && last.n === n)
