// Determines when the danger in a case began, and who last confirmed it. A letter or a colleague
// can report a danger.
import { threadsOf } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'

export interface KnownDanger {
  /**
   * UTC day or minute of the first letter or row that reports the danger; empty when neither is
   * known
   */
  since: string
  /** null while no colleague has confirmed the danger */
  confirmed: { by: string; at: string } | null
}

/** Returns null for a case that is not in danger. A danger that was lifted does not count. */
export function dangerOf(loaded: LoadedReport): KnownDanger | null {
  if (!loaded.danger) return null
  const rows = threadsOf(loaded)
    .flatMap(({ entries }) => entries)
    .flatMap(({ author, entry }) => (entry?.kind === 'danger' ? [{ author, ...entry }] : []))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
  const lifted = rows.findLast(({ isDanger }) => !isDanger)?.at ?? ''
  const set = rows.filter(({ isDanger, at }) => isDanger && at > lifted)
  const letters = lettersInDanger(loaded).filter((at) => at >= lifted.slice(0, at.length))
  const [since = ''] = [...letters, ...set.map(({ at }) => at)].sort()
  const last = set.at(-1)
  return { since, confirmed: last ? { by: last.author, at: last.at } : null }
}

/** Returns the minute of each letter that reports danger, or its day when the minute is unknown. */
const lettersInDanger = (loaded: LoadedReport): string[] =>
  threadsOf(loaded).flatMap(({ letters, followUps, day }) =>
    letters.flatMap((letter, at) => {
      if (letter?.header.danger !== true) return []
      return [letter.report.at || (followUps[at - 1]?.day ?? day)]
    }),
  )
