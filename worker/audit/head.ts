// Tells somebody on the staff which row their next signed change has to follow.
import { toB64 } from '#protocol/bytes'
import type { AuditHead } from '#protocol/staff'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { auditHead } from '#worker/store/audit'

export async function readAuditHead(deps: StaffDeps): Promise<AuditHead> {
  requireRole(deps.actor, 'admin', 'intake')
  return { head: toB64(await auditHead(deps.db)) }
}
