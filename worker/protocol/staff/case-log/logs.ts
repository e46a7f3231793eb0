// Defines the schema of a page of case logs, which a device reads before it signs a checkpoint.
import * as z from 'zod/mini'
import { id } from '../fields.ts'
import { LedgerRow } from '../ledger/rows.ts'

/** Maximum number of cases in one request. */
export const LOGS_AT_ONCE = 40
/** Number of rows after which a page is full. A page contains the log of at least one case. */
export const LOGS_ROWS = 400

/** Case logs, oldest row first. A case without a log is absent from the page. */
export const CaseLogPage = z.object({
  logs: z.array(z.object({ case: id, rows: z.array(LedgerRow) })),
  /** cases that did not fit on the page; the device requests them again */
  left: z.array(id),
})
export type CaseLogPage = z.infer<typeof CaseLogPage>
