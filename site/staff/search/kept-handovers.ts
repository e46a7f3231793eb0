// Keeps the handovers of reports in the index, so that the workspace need not open every case. Like
// the tasks, the handovers come from entries that only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { handoversOf, type Handover } from '../case/read/handovers-of.ts'
import { type CaseEntries } from '../case/read/tasks-of.ts'

/** A handover of one report. */
export const KeptHandover = z.object({
  /** number of the row that records the handover */
  n: z.int(),
  from: z.string(),
  to: z.nullable(z.string()),
  /** UTC minute */
  at: z.string(),
  readBy: z.array(z.string()),
})
type KeptHandover = z.infer<typeof KeptHandover>

/** A handover from an absorbed report, marked as read by an entry in this report. */
export const ReadElsewhere = z.object({ caseId: z.string(), n: z.int(), by: z.string() })
type ReadElsewhere = z.infer<typeof ReadElsewhere>

export interface KeptHandovers {
  handovers: KeptHandover[]
  readElsewhere: ReadElsewhere[]
}

/** Maximum number of handovers of a report that the index keeps; the newest are kept. */
const MOST_KEPT = 16

/** Reads the handovers from the entries of one report. */
export const keptHandoversOf = (report: CaseEntries): KeptHandovers => ({
  handovers: handoversOf([report])
    .slice(-MOST_KEPT)
    .map(({ n, from, to, at, readBy }) => ({ n, from, to, at, readBy: [...readBy] })),
  readElsewhere: report.entries
    .flatMap(({ author: by, entry }) =>
      entry?.kind === 'handover_read'
        ? entry.of.filter(({ caseId }) => caseId !== report.id).map((row) => ({ ...row, by }))
        : [],
    )
    .slice(-MOST_KEPT),
})

/** Lists the handovers of a case, oldest first. @param reports  the case, and those it absorbed */
export function handoversIn(reports: readonly (KeptHandovers & { id: string })[]): Handover[] {
  const elsewhere = reports.flatMap(({ readElsewhere }) => readElsewhere)
  return reports
    .flatMap(({ id: caseId, handovers }) =>
      handovers.map((each): Handover => {
        const also = elsewhere.filter((row) => row.caseId === caseId && row.n === each.n)
        const readers = new Set([...each.readBy, ...also.map(({ by }) => by)])
        readers.delete(each.from)
        return { ...each, caseId, readBy: [...readers] }
      }),
    )
    .sort((a, b) => a.at.localeCompare(b.at) || a.n - b.n)
}
