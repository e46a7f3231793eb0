// Returns the logs of the requested cases to intake. Browsers verify them before signing a
// checkpoint.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LOGS_AT_ONCE, LOGS_ROWS, type CaseLogPage } from '#protocol/staff/case-log/logs'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import { countLogRows, readLogs } from '#worker/store/cases/logs'

/**
 * @param ids  base64url ids, joined by commas
 * @throws Refusal `not_allowed`; `malformed` for no ids or too many
 */
export async function listCaseLogs(deps: StaffDeps, ids: string): Promise<CaseLogPage> {
  requireRole(deps.actor, 'intake')
  const asked = ids.split(',')
  if (asked.length > LOGS_AT_ONCE) throw new Refusal('malformed')
  const lengths = await countLogRows(deps.db, [...new Set(asked)].map(parseB64))
  let rows = 0
  const full = lengths.findIndex((each, at) => (rows += each.n) > LOGS_ROWS && at > 0)
  const now = full < 0 ? lengths : lengths.slice(0, full)
  const logs = await readLogs(
    deps.db,
    now.map(({ id }) => id),
  )
  return {
    logs: logs.map((log) => ({
      case: toB64(log.id),
      rows: log.rows.map((row) => ({ ...row, signature: toB64(row.signature) })),
    })),
    left: lengths.slice(now.length).map(({ id }) => toB64(id)),
  }
}
