// Combines the words from individual reports: a case includes the words from the reports that it
// absorbed.
import { type Extent } from '#protocol/staff/list/pieces'
import { type IndexedCase } from './case-index.ts'
import { foldParts, type SearchedCase } from './find-cases.ts'
import { countsIn } from './kept-counts.ts'
import { helpIn } from './kept-help.ts'
import { referralsIn } from './kept-referrals.ts'
import { handoversIn } from './kept-handovers.ts'
import { openTasksIn } from './open-tasks.ts'
import { caseTitle, type ReadCase } from './read-case.ts'

/** A case as the list shows it and as the search reads it. */
export interface ComposedCase extends IndexedCase, SearchedCase {}

/** The reports that this device has read, and the cases that they form. */
export class ReadReports {
  readonly reports = new Map<string, ReadCase>()
  readonly cases = new Map<string, ComposedCase>()
  #changes = 0
  /** ids of absorbed reports, keyed by the case that absorbed them */
  readonly #absorbed = new Map<string, Set<string>>()

  /** The number of changes to the reports so far. */
  get changes(): number {
    return this.#changes
  }

  /** Adds a report, or replaces it. */
  put(read: ReadCase): void {
    this.#changes += 1
    this.#unlink(read.id)
    this.reports.set(read.id, read)
    if (read.mergedInto !== null) {
      const others = this.#absorbed.get(read.mergedInto) ?? new Set()
      this.#absorbed.set(read.mergedInto, others.add(read.id))
    }
    this.#compose(read.id)
    if (read.mergedInto !== null) this.#compose(this.#goesOnFor(read.id))
  }

  /** Removes a report that is gone. */
  drop(id: string): void {
    this.#changes += 1
    const main = this.#unlink(id)
    this.reports.delete(id)
    this.cases.delete(id)
    if (main !== null) this.#compose(this.#goesOnFor(main))
  }

  clear(): void {
    this.reports.clear()
    this.cases.clear()
    this.#absorbed.clear()
  }

  /**
   * Lists the report of a case and the reports that it absorbed, including those absorbed through
   * another case. A second merge adds no row to the report that was absorbed first. So this device
   * does not read that report again.
   */
  reportsOf(id: string): ReadCase[] {
    const ids = new Set([id])
    // The loop also visits elements that it adds to the set.
    for (const each of ids) for (const part of this.#absorbed.get(each) ?? []) ids.add(part)
    return [...ids].flatMap((each) => this.reports.get(each) ?? [])
  }

  /** Returns the ids of cases whose extent differs from the one that this device has read. */
  grownIn(extents: ReadonlyMap<string, Extent>): string[] {
    return [...extents].flatMap(([id, { followUps, rows }]) => {
      const read = this.reports.get(id)
      return read?.followUps === followUps && read.rows === rows ? [] : [id]
    })
  }

  /** Follows all merges. A cycle, which only a dishonest server can produce, ends the loop. */
  #goesOnFor(id: string): string {
    const followed = new Set<string>()
    let at = id
    for (let next: string | null = id; next !== null && !followed.has(next);) {
      at = next
      followed.add(at)
      next = this.reports.get(at)?.mergedInto ?? null
    }
    return at
  }

  #unlink(id: string): string | null {
    const main = this.reports.get(id)?.mergedInto ?? null
    if (main !== null) this.#absorbed.get(main)?.delete(id)
    return main
  }

  #compose(id: string): void {
    const own = this.reports.get(id)
    if (own?.mergedInto !== null) {
      this.cases.delete(id)
      return
    }
    this.cases.set(id, composed(own, this.reportsOf(id)))
  }
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n')

/** @param all  the report of the case first, then the absorbed ones */
function composed(own: ReadCase, all: readonly ReadCase[]): ComposedCase {
  const parts = [
    joined(all.map(({ title }) => title)),
    joined(all.flatMap(({ marks, tags }) => [...marks, ...tags])),
    joined(all.map(({ persons }) => persons)),
    joined(all.map(({ words }) => words)),
  ]
  const { id, day, risk, language, followUps, rows } = own
  const tags = [...new Set(all.flatMap((each) => each.tags))]
  return {
    ...{ id, day, tags, risk, language, followUps, rows },
    title: caseTitle(own),
    isNamed: own.title !== '',
    places: [...new Set(all.flatMap(({ places }) => places))],
    tasks: openTasksIn(all),
    help: helpIn(all),
    counts: countsIn(all),
    referrals: referralsIn(all),
    handovers: own.signed?.status === 'closed' ? [] : handoversIn(all),
    parts,
    ...foldParts(parts),
  }
}
