// Shows the templates in one language to an admin, who can edit them. Every text is signed.
import { useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useTemplates } from '../session/use-templates.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { LanguageChoice } from '../ui/language-choice.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { EditTemplate } from './edit-template.tsx'

interface TemplatesPageProps {
  /** false for a person who has no list to return to */
  hasList: boolean
  onBack: () => void
}

export function TemplatesPage({ hasList, onBack }: TemplatesPageProps) {
  const { t, lang: ofApp } = useMessages()
  const [lang, setLang] = useState(ofApp)
  const { verify } = useSeenLedger()
  const { templates, canCompare, attempt, reload } = useTemplates(lang)
  // The roster needs the new row too; otherwise the new text would look like a forged one.
  const reloadBoth = async (): Promise<void> => {
    await verify()
    await reload()
  }
  return (
    <ScreenPage title={t('staff.screen.templates')} onBack={hasList ? onBack : null}>
      <p>{t('staff.template.lead')}</p>
      <LanguageChoice label={t('staff.template.language')} lang={lang} onChange={setLang} />
      {!canCompare && <p>{t('staff.ledger.off')}</p>}
      <FailedLoad why={attempt.why} again={() => attempt.run(reload)} />
      <ul class="template-cards">
        {templates?.map((template) => (
          <EditTemplate key={template.name} template={template} reload={reloadBoth} />
        ))}
      </ul>
    </ScreenPage>
  )
}
