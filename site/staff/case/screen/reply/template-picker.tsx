// Offers the templates for a reply. A chosen template is inserted into the field, and shown in the
// preview if the field was empty. The colleague reads it before sending; a template is never sent
// automatically. The first template receives the focus, so that Enter chooses it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type WholeLanguage } from '#content/languages.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useTemplates } from '../../../session/use-templates.ts'
import { FailedLoad } from '../../../ui/errors.tsx'
import { LanguageChoice } from '../../../ui/language-choice.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'

interface TemplatePickerProps {
  /** language of the letter */
  lang: WholeLanguage
  onChoose: (text: string) => void
}

export function TemplatePicker({ lang: ofLetter, onChoose }: TemplatePickerProps) {
  const { t } = useMessages()
  const [lang, setLang] = useState(ofLetter)
  const { templates, canCompare, attempt, reload } = useTemplates(lang)
  const offered = templates?.filter(({ source }) => source !== 'none') ?? []
  const area = useRef<HTMLDivElement>(null)
  const isNew = useRef(true)
  const hasTemplates = offered.length > 0
  useEffect(() => {
    if (!hasTemplates || !isNew.current) return
    isNew.current = false
    // If the person has moved the focus elsewhere in the meantime, the focus stays there.
    const { activeElement } = document
    if (area.current?.parentElement?.contains(activeElement))
      area.current.querySelector<HTMLElement>('li button')?.focus()
  }, [hasTemplates])
  return (
    <div class="templates" ref={area}>
      <LanguageChoice label={t('staff.template.language')} lang={lang} onChange={setLang} />
      {!canCompare && <p>{t('staff.ledger.off')}</p>}
      <FailedLoad why={attempt.why} again={() => attempt.run(reload)} />
      <p role="status">{canCompare && !templates && attempt.busy && t('staff.loading')}</p>
      <ul>
        {offered.map(({ purpose, text }) => (
          <li key={purpose}>
            <h4>{t(`staff.template.${purpose}`)}</h4>
            {text === null ? (
              <p class="doubt">{t('staff.template.differs')}</p>
            ) : (
              <>
                <details>
                  <summary>{t('staff.template.read')}</summary>
                  <UntrustedText text={text} />
                </details>
                <button
                  type="button"
                  aria-label={`${t('staff.template.use')}: ${t(`staff.template.${purpose}`)}`}
                  onClick={() => onChoose(text)}
                >
                  {t('staff.template.use')}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
