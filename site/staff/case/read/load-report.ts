// Fetches a case and opens every part of it in the browser. A case consists of the thread of the
// report that began it, and of the threads of absorbed cases.
import { caseKeyName, type CaseKey } from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { QueueItem } from '#protocol/staff/list/queue'
import { fetchReport } from '../../api/case-api.ts'
import { replayAllLogs, strangersIn } from './check-threads.ts'
import { openKeysOf, type CaseReader } from './key-hashes.ts'
import { openThread, type LoadedThread, type UntakenLetter } from './open-thread.ts'
import { isInDanger } from './read-case.ts'

export interface LoadedReport extends LoadedThread {
  item: QueueItem
  /** see isInDanger */
  danger: boolean
  /** the threads of absorbed cases, oldest first */
  others: LoadedThread[]
  /** files of all threads */
  untaken: UntakenLetter[]
  /**
   * Case keys that do not open although this browser holds the team key that they are sealed under.
   * Also includes a key that no colleague's row records.
   */
  damagedKeys: CaseKey[]
  /** copies for this caseworker that do not open, or that no colleague's row records */
  damagedGrants: number
  /** number of follow-ups in all threads, which a signed change records */
  followUpsRead: number
  /**
   * number of letters that only a reader of reports can take, and that this caseworker cannot open
   * yet
   */
  sealedLetters: number
}

/** Opens a case. For a merged case, opens the surviving case. */
export async function loadReport(by: CaseReader, id: string): Promise<LoadedReport> {
  const asked = await fetchReport(id)
  const stored = asked.mergedInto === null ? asked : await fetchReport(asked.mergedInto)
  return openAll(by, stored, await fetchAbsorbed(stored.absorbed))
}

/**
 * Fetches the reports of the cases that a case absorbed.
 *
 * @param absorbed  the ids that the server lists, for display; the ids in the signed log, for
 *   sharing keys
 */
export const fetchAbsorbed = (absorbed: Iterable<string>): Promise<StoredCase[]> =>
  Promise.all([...absorbed].map((each) => fetchReport(each)))

/**
 * Returns true when part of the report may be sealed under a key that a colleague has only just
 * made. A colleague who is not in this roster yet may also have signed the row that records the
 * key.
 */
export const mayLackKeys = (
  { sealed, first, followUps, others, damagedKeys, damagedGrants }: LoadedReport,
  by: CaseReader,
): boolean => {
  // A caseworker holds no shared keys that could be out of date.
  if (!readsReports(by)) return damagedGrants > 0
  return (
    damagedKeys.length > 0 ||
    [{ sealed, first, followUps }, ...others].some(lacksLetter) ||
    [sealed, ...others.map((each) => each.sealed)].some(({ caseKeys }) =>
      caseKeys.some(({ generation }) => !by.keys.team.has(generation)),
    )
  )
}

/** Copies of shared keys may still be missing, so the roster decides who can read reports. */
const readsReports = ({ keys, roster }: CaseReader): boolean =>
  (roster.readers.get(keys.personId) ?? []).some(({ until }) => until === null)

const lacksLetter = ({ first, followUps }: Pick<LoadedThread, 'first' | 'followUps'>): boolean =>
  first === null || followUps.some(({ report }) => report === null)

/** @param absorbed  the reports of the cases that the case absorbed */
export async function openAll(
  by: CaseReader,
  stored: StoredCase,
  absorbed: readonly StoredCase[] = [],
): Promise<LoadedReport> {
  const { keys, roster } = by
  const reports = [stored, ...absorbed]
  const logs = await replayAllLogs(reports, roster)
  const strange = new Set(strangersIn(reports, logs))
  const caseKeys = await openKeysOf(by, reports, logs)
  const [own, ...others] = await Promise.all(
    reports.map((each) => {
      const log = strange.has(each) ? null : (logs.get(each.item.id) ?? null)
      return openThread(keys, caseKeys, each, log)
    }),
  )
  if (!own) throw new Error('a case has the report that began it')
  const threads = [own, ...others]
  return {
    ...own,
    item: stored.item,
    danger: isInDanger(
      stored,
      threads.flatMap(({ letters }) => letters),
      absorbed,
    ),
    others,
    untaken: threads.flatMap(({ untaken }) => untaken),
    damagedKeys: reports.flatMap((each) =>
      each.caseKeys.filter(
        (key) => keys.team.has(key.generation) && !caseKeys.has(caseKeyName(key)),
      ),
    ),
    damagedGrants: reports
      .flatMap(({ grants }) => grants)
      .filter((granted) => !caseKeys.has(caseKeyName(granted))).length,
    followUpsRead: threads.reduce((sum, { followUps }) => sum + followUps.length, 0),
    sealedLetters: threads.reduce((sum, { sealed }) => sum + sealedFor(by, sealed), 0),
  }
}

/** Counts the letters of one thread that only a reader of reports can take. */
function sealedFor(by: CaseReader, { item, followUps, taken }: StoredCase): number {
  if (readsReports(by)) return 0
  const held = new Set(taken.map(({ id }) => id))
  return [item, ...followUps].filter(({ id }) => !held.has(id)).length
}

/** Returns true when a person cannot open a letter of the case, or of a case that it absorbed. */
export const hasSealedLetters = async (by: CaseReader, stored: StoredCase): Promise<boolean> =>
  !readsReports(by) &&
  [stored, ...(await fetchAbsorbed(stored.absorbed))].some((each) => sealedFor(by, each) > 0)
