// Keeps in the index the help that reports record, so that figures need not open every case. Like
// the words, the help comes from entries that only the screen of a case compares with its log.
import * as z from 'zod/mini'
import { day } from '#protocol/staff/fields'
import { helpOf } from '../case/read/help-of.ts'
import { type CaseEntries } from '../case/read/tasks-of.ts'
import { HELP_KINDS, HELP_OUTCOMES, PersonPlace } from '../crypto/case-entry.ts'

/** A help entry of one report, in its current version. The index does not keep its words. */
export const KeptHelp = z.object({
  /** number of the row that records the version */
  n: z.int(),
  help: z.enum(HELP_KINDS),
  /** day in the organisation's time zone */
  day,
  outcome: z.enum(HELP_OUTCOMES),
  /** false when another organisation helps */
  isOurs: z.boolean(),
  /** null for a person without a record */
  person: z.nullable(PersonPlace),
})
export type KeptHelp = z.infer<typeof KeptHelp>

/** Help recorded in an absorbed report, which an entry in this report corrected or took back. */
export const MendedElsewhere = z.object({ caseId: z.string(), n: z.int() })
type MendedElsewhere = z.infer<typeof MendedElsewhere>

export interface KeptHelps {
  help: KeptHelp[]
  mendedElsewhere: MendedElsewhere[]
}

/** Reads the help from the entries of one report. */
export const keptHelpOf = (report: CaseEntries): KeptHelps => ({
  help: helpOf([report])
    .filter(({ end }) => end === null)
    .map(({ last: { n, help } }) => ({
      ...{ n, help: help.help, day: help.day, outcome: help.outcome, person: help.person },
      isOurs: help.receiver === null,
    })),
  mendedElsewhere: report.entries.flatMap(({ entry }) => {
    const place =
      entry?.kind === 'help' ? entry.corrects : entry?.kind === 'help_end' ? entry : undefined
    return place?.caseId !== undefined && place.caseId !== report.id
      ? [{ caseId: place.caseId, n: place.row }]
      : []
  }),
})

/** Lists the help recorded in a case. @param reports  the case, and those it absorbed */
export function helpIn(reports: readonly (KeptHelps & { id: string })[]): KeptHelp[] {
  const mended = new Set(
    reports.flatMap(({ mendedElsewhere }) =>
      mendedElsewhere.map(({ caseId, n }) => `${caseId} ${n}`),
    ),
  )
  if (mended.size === 0) return reports.flatMap(({ help }) => help)
  return reports.flatMap(({ id, help }) => help.filter(({ n }) => !mended.has(`${id} ${n}`)))
}
