import { sha256, toB64, utf8 } from '#protocol/bytes'
import { type TemplateSet } from '#protocol/staff/templates'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { sendUnlessChanged, type LedgerWriter } from '../ledger/send-unless-changed.ts'

/** Returns the hash of a template's signed text; null while the app's own text is in use. */
export const templateHashIn = ({ templates }: Pick<Roster, 'templates'>, name: string) =>
  templates.get(name) ?? null

/**
 * Signs the text of a template.
 *
 * @param read  the name of the template, and the hash of the text that the author has read
 * @param text  null to restore the app's own text
 * @throws Refusal the codes of sendUnlessChanged; `not_found` when the app's own text is already in
 *   use
 */
export async function sendTemplate(
  by: LedgerWriter,
  { name, base }: { name: string; base: string | null },
  text: string | null,
): Promise<void> {
  const textHash = text === null ? null : toB64(await sha256(utf8(text)))
  const change: TemplateSet = { name, textHash }
  await sendUnlessChanged(
    by,
    {
      isRead: (roster) => templateHashIn(roster, name) === base,
      isSaved: (roster) => templateHashIn(roster, name) === textHash,
    },
    async (sign) => {
      const signed = await sign({ action: 'template.set', subject: name, change })
      await sendAction('template.set', { signed, text }, name)
    },
  )
}
