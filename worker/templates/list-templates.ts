// Lists the templates that the organisation wrote, to everybody who writes or edits replies.
// Browsers compare each text with the hash in the ledger.
import type { TemplateList } from '#protocol/staff/templates'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { listStoredTemplates } from '#worker/store/templates'

/** @throws Refusal `not_allowed` */
export async function listTemplates(deps: StaffDeps): Promise<TemplateList> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  return { templates: await listStoredTemplates(deps.db) }
}
