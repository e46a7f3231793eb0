// Puts what was read of single reports together: a case has the words of the reports that it
// absorbed.
import { type IndexedCase } from './case-index.ts'
import { foldParts, type SearchedCase } from './find-cases.ts'
import { caseTitle, type ReadCase } from './read-case.ts'

/** A case as the list shows it and as the search reads it. */
export interface ComposedCase extends IndexedCase, SearchedCase {}

/** The reports that this device has read, and the cases that they make. */
export class ReadReports {
  readonly reports = new Map<string, ReadCase>()
  readonly cases = new Map<string, ComposedCase>()
  /** ids of absorbed reports by the case that goes on for them */
  readonly #absorbed = new Map<string, Set<string>>()

  /** Adds a report, or replaces it. */
  put(read: ReadCase): void {
    this.#unlink(read.id)
    this.reports.set(read.id, read)
    if (read.mergedInto !== null) {
      const others = this.#absorbed.get(read.mergedInto) ?? new Set()
      this.#absorbed.set(read.mergedInto, others.add(read.id))
    }
    this.#compose(read.id)
    if (read.mergedInto !== null) this.#compose(this.#headOf(read.mergedInto))
  }

  /** Removes a report that is gone. */
  drop(id: string): void {
    const main = this.#unlink(id)
    this.reports.delete(id)
    this.cases.delete(id)
    if (main !== null) this.#compose(this.#headOf(main))
  }

  clear(): void {
    this.reports.clear()
    this.cases.clear()
    this.#absorbed.clear()
  }

  /**
   * Lists the report of a case and the reports that it absorbed. A report may name the case that
   * absorbed it first, because a later merge adds no row to its log.
   */
  reportsOf(id: string): ReadCase[] {
    const ids = new Set([id])
    for (const each of ids) this.#absorbed.get(each)?.forEach((absorbed) => ids.add(absorbed))
    return [...ids].flatMap((each) => this.reports.get(each) ?? [])
  }

  /** Follows merges to the case that goes on. A circle, which only a lying server makes, ends. */
  #headOf(id: string): string {
    const ids = new Set([id])
    for (const each of ids) {
      const { mergedInto = null } = this.reports.get(each) ?? {}
      if (mergedInto !== null) ids.add(mergedInto)
    }
    return [...ids].at(-1) ?? id
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
  const { id, day, tags, risk, language, followUps, rows } = own
  return {
    ...{ id, day, tags, risk, language, followUps, rows },
    title: caseTitle(own),
    parts,
    ...foldParts(parts),
  }
}
