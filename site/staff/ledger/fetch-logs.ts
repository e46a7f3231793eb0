// Fetches the logs of many cases, page by page.
import { fromB64, toB64 } from '#protocol/bytes'
import { LOGS_AT_ONCE } from '#protocol/staff/case-log/logs'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { fetchCaseLogs } from '../api/checkpoint-api.ts'

export interface FetchedLog {
  rows: readonly LedgerRow[]
  /** the hash after each row, base64url */
  hashes: readonly string[]
}

/**
 * Returns the hash of the row with the given number; undefined if there is no such row.
 *
 * @param n  from 1
 */
export const hashAfter = ({ hashes }: FetchedLog, n: number): string | undefined => hashes[n - 1]

/** Returns the logs, keyed by case id. A case that the server does not send is absent. */
export async function fetchLogs(ids: readonly string[]): Promise<Map<string, FetchedLog>> {
  const logs = new Map<string, FetchedLog>()
  let waiting = [...ids]
  while (waiting.length > 0) {
    const asked = waiting.slice(0, LOGS_AT_ONCE)
    const page = await fetchCaseLogs(asked)
    for (const { case: id, rows } of page.logs)
      logs.set(id, { rows, hashes: await rowHashesOf(rows) })
    // A page contains at least one of the logs, so fewer cases remain after it.
    const left = page.logs.length > 0 ? asked.filter((id) => page.left.includes(id)) : []
    waiting = [...left, ...waiting.slice(LOGS_AT_ONCE)]
  }
  return logs
}

/** Returns the hash after each row, base64url. */
export async function rowHashesOf(rows: readonly LedgerRow[]): Promise<string[]> {
  const hashes: string[] = []
  let hash = NO_ROW
  for (const { statement, signature } of rows) {
    hash = await rowHash(hash, { statement, signature: fromB64(signature) })
    hashes.push(toB64(hash))
  }
  return hashes
}
