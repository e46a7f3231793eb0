// Reads the templates in one language. The organisation's own text counts only if it matches the
// hash that an admin signed. Without a signed hash, the app's own text is used.
import { type WholeLanguage } from '#content/languages.ts'
import { replyStrings } from '#content/strings.ts'
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import {
  TEMPLATE_PURPOSES,
  type TemplateList,
  type TemplatePurpose,
} from '#protocol/staff/templates'
import { ownValue } from '../crypto/prototype-guard.ts'

export interface ReplyTemplate {
  purpose: TemplatePurpose
  /** `ky.first` */
  name: string
  /**
   * null when the server withholds the signed text, or for an organisation's own template without a
   * text
   */
  text: string | null
  /** hash of the signed text; null while the app's own text is in use */
  textHash: string | null
  /** `app`: the app's own text. `differs`: the server shows a text other than the signed one. */
  source: 'app' | 'signed' | 'differs' | 'none'
}

/** @param signed  hashes, by name, from the replayed ledger */
export const templatesIn = (
  lang: WholeLanguage,
  { templates }: TemplateList,
  signed: Roster['templates'],
): Promise<ReplyTemplate[]> =>
  Promise.all(
    TEMPLATE_PURPOSES.map(async (purpose): Promise<ReplyTemplate> => {
      const name = `${lang}.${purpose}`
      const textHash = signed.get(name)
      if (textHash === undefined) {
        const text = ownValue(replyStrings[lang], purpose) ?? null
        return { purpose, name, text, textHash: null, source: text === null ? 'none' : 'app' }
      }
      const stored = templates.find((each) => each.name === name)?.text ?? ''
      return toB64(await sha256(utf8(stored))) === textHash
        ? { purpose, name, text: stored, textHash, source: 'signed' }
        : { purpose, name, text: null, textHash, source: 'differs' }
    }),
  )
