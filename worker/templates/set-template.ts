// Lets an admin store the text of a template, or restore the app's own text. The ledger row
// contains the hash of the text. People who write or edit replies can list the texts.
import { utf8 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type NewTemplate, type TemplateList } from '#protocol/staff/templates'
import type { StaffDeps } from '#worker/deps'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import { deleteTemplate, listStoredTemplates, putTemplate } from '#worker/store/cases/templates'

/**
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved`;
 *   `not_found` when the organisation has written no such template
 */
export async function setTemplate(
  deps: StaffDeps,
  name: string,
  { signed, text }: NewTemplate,
): Promise<void> {
  requireRole(deps.actor, 'admin')
  requireFreshProof(deps)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'template.set',
    subject: name,
  })
  const { textHash } = change
  if (change.name !== name || (text === null) !== (textHash === null))
    throw new Refusal('malformed')
  if (text === null || textHash === null) {
    if (!(await deleteTemplate(deps.db, name, entry))) throw new Refusal('not_found')
    return
  }
  await requireHash(utf8(text), textHash)
  await putTemplate(deps.db, name, text, entry)
}

/** Lists the templates that the organisation has written. @throws Refusal `not_allowed` */
export async function listTemplates(deps: StaffDeps): Promise<TemplateList> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  return { templates: await listStoredTemplates(deps.db) }
}
