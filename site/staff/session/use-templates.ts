// Fetches the templates and compares them with the verified ledger.
import { useEffect, useState } from 'preact/hooks'
import { type WholeLanguage } from '#content/languages.ts'
import { type TemplateList } from '#protocol/staff/templates'
import { fetchTemplates } from '../api/case-api.ts'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { templatesIn, type ReplyTemplate } from './read-templates.ts'
import { useSessionAttempt } from './session-context.ts'

interface ShownTemplates {
  /** null until the templates are read, and while the ledger is not valid */
  templates: readonly ReplyTemplate[] | null
  /** false while the ledger is not valid, because no text can then be compared */
  canCompare: boolean
  attempt: Attempt
  reload: () => Promise<void>
}

export function useTemplates(lang: WholeLanguage): ShownTemplates {
  const signed = useWholeLedger()?.roster.templates
  const attempt = useSessionAttempt()
  const [stored, setStored] = useState<TemplateList | null>(null)
  const [templates, setTemplates] = useState<readonly ReplyTemplate[] | null>(null)
  const reload = async (): Promise<void> => setStored(await fetchTemplates())
  // When the ledger has a newer row, the text whose hash the row contains must be fetched.
  useEffect(() => attempt.run(reload), [signed])
  useEffect(() => {
    if (!stored || !signed) return
    let isGone = false
    void templatesIn(lang, stored, signed).then((read) => {
      if (!isGone) setTemplates(read)
    })
    return () => void (isGone = true)
  }, [lang, stored, signed])
  return { templates: signed ? templates : null, canCompare: signed !== undefined, attempt, reload }
}
