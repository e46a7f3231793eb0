// Defines the staff app's requests that concern checkpoints of case logs.
import { type Bytes } from '#protocol/bytes'
import { CaseLogPage } from '#protocol/staff/case-log/logs'
import { ask, askBytes } from './client.ts'

/** Fetches case logs, at most LOGS_AT_ONCE. */
export const fetchCaseLogs = (ids: readonly string[]): Promise<CaseLogPage> =>
  ask({ method: 'GET', path: `case-logs?ids=${ids.join(',')}`, answer: CaseLogPage })

/** Fetches a page of heads. @param after  id of the last known case; empty for none */
export const fetchCaseHeads = (after: string): Promise<Bytes> =>
  askBytes(`case-heads?after=${after}`)

/** Fetches a stored checkpoint. @param row  number of its row in the ledger */
export const fetchCheckpoint = (row: number): Promise<Bytes> => askBytes(`checkpoints/${row}`)

export const fetchBucket = (row: number, bucket: number): Promise<Bytes> =>
  askBytes(`checkpoints/${row}/${bucket}`)
