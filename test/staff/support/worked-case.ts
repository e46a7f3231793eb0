// Gives tests a case on which two readers work, with an imitated edge that holds several cases.
import { vi } from 'vitest'
import { checkCase, type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { CaseEdge } from './case-edge.ts'
import { type Colleagues } from './colleagues.ts'
import { openedWith, tell, type Filed } from './people.ts'

export class WorkedCase {
  readonly reported: Filed
  readonly edge: CaseEdge

  constructor(reported: Filed) {
    this.reported = reported
    this.edge = new CaseEdge(openedWith(reported))
  }

  get id(): string {
    return this.reported.id
  }

  load(by: CaseWriter): Promise<LoadedReport> {
    return loadReport(by, this.id)
  }

  /** Opens the report as a colleague does, and takes its letters in. */
  async openAndTake(by: CaseWriter): Promise<LoadedReport> {
    await takeLetters(by, await this.load(by))
    return this.load(by)
  }

  check({ roster }: CaseWriter): Promise<CaseChecks> {
    return checkCase(this.edge.stored, roster)
  }
}

/** Files reports with these words, and answers the app's requests about their cases. */
export async function workedCases(team: Colleagues, words: string[]): Promise<WorkedCase[]> {
  const cases: WorkedCase[] = []
  for (const text of words) cases.push(new WorkedCase(await tell(team.staff, { text })))
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) => {
    const found = cases.find(({ id }) => path.includes(`/reports/${id}`))
    if (!found) return Response.json({ error: { code: 'not_found' } }, { status: 404 })
    return found.edge.answer(path, method ?? 'GET', body as string | undefined)
  })
  return cases
}
