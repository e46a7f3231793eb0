// Fetches the templates only on request, because many replies do not need one.
import { useState } from 'preact/hooks'
import { type WholeLanguage } from '#content/languages.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { WhenLoaded } from '../../../ui/when-loaded.tsx'

const fetchPicker = async () => (await import('./template-picker.tsx')).TemplatePicker

interface TemplateButtonProps {
  lang: WholeLanguage
  /** called when the list of templates opens */
  onOpen: () => void
  onChoose: (text: string) => void
}

export function TemplateButton({ lang, onOpen, onChoose }: TemplateButtonProps) {
  const { t } = useMessages()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div class="template-button">
      <button
        type="button"
        aria-keyshortcuts="T"
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen)
          onOpen()
        }}
      >
        {t('staff.template.offer')}
      </button>
      {isOpen && (
        <WhenLoaded fetchPart={fetchPicker}>
          {(Picker) => (
            <Picker
              lang={lang}
              onChoose={(text) => {
                setIsOpen(false)
                onChoose(text)
              }}
            />
          )}
        </WhenLoaded>
      )}
    </div>
  )
}
