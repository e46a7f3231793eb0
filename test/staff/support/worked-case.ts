// Makes cases on which two readers work in a test, against the real worker on in-memory stores.
import type { PlainReport } from '#protocol/report/plain-report'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { checkCase, type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { type Colleagues } from './colleagues.ts'
import { damaged, tell, writeAgain, type Filed } from './people.ts'
import { showing, TeamEdge } from './team-edge.ts'

export class WorkedCase {
  readonly reported: Filed
  readonly edge: TeamEdge

  constructor(reported: Filed, edge: TeamEdge) {
    this.reported = reported
    this.edge = edge
  }

  get id(): string {
    return this.reported.id
  }

  /** Opens the report in the session of a colleague. */
  load(by: CaseWriter): Promise<LoadedReport> {
    this.edge.reader = by.keys.personId
    return loadReport(by, this.id)
  }

  /** Opens the report, and takes its letters. */
  async openAndTake(by: CaseWriter): Promise<LoadedReport> {
    await takeLetters(by, await this.load(by))
    return this.load(by)
  }

  /** Returns the case as the worker returns it, bypassing the wire. */
  stored(): Promise<StoredCase> {
    return this.edge.stored(this.id)
  }

  /** Shows the app a changed case. */
  show(lie: (stored: StoredCase) => StoredCase): void {
    this.edge.wire = showing(this.id, lie)
  }

  /** Compares a case with its log. @param shown  by default the case as the worker returns it */
  async check({ roster }: CaseWriter, shown?: StoredCase): Promise<CaseChecks> {
    return checkCase(shown ?? (await this.stored()), roster)
  }

  /** Has the person write again. @param n  number of the letter in its visit */
  async writeAgain(
    plain: Partial<PlainReport> & { text: string },
    { n = 0, isDanger = false } = {},
  ): Promise<Filed> {
    return this.edge.post(await this.#letter(plain, n, isDanger))
  }

  /** Has the person send a letter that no key opens. */
  async writeDamaged({ isDanger = false } = {}): Promise<Filed> {
    return this.edge.post(await damaged(await this.#letter({ text: '' }, 0, isDanger)))
  }

  #letter(plain: Parameters<typeof writeAgain>[2], n: number, danger: boolean): Promise<Filed> {
    return writeAgain(this.edge.team.staff, this.reported, plain, { n }, { danger })
  }
}

/** Sends reports with these words to an edge that responds to the app from now on. */
export async function workedCases(team: Colleagues, words: string[]): Promise<WorkedCase[]> {
  const edge = await TeamEdge.begin(team)
  const cases: WorkedCase[] = []
  for (const text of words)
    cases.push(new WorkedCase(await edge.post(await tell(team.staff, { text })), edge))
  return cases
}

/** Copies the edge that the cases use. The copy responds to the app from now on. */
export async function copyCases(cases: readonly WorkedCase[]): Promise<WorkedCase[]> {
  const [first] = cases
  if (!first) throw new Error('no case')
  const edge = await first.edge.copy()
  return cases.map(({ reported }) => new WorkedCase(reported, edge))
}
