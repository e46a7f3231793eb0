// Offers a choice of language for templates and letters, which need not be the app's language.
import { useId } from 'preact/hooks'
import { isWholeLanguage, languages, type WholeLanguage } from '#content/languages.ts'
import { languageName } from './language-switch.tsx'

interface LanguageChoiceProps {
  label: string
  lang: WholeLanguage
  onChange: (lang: WholeLanguage) => void
}

export function LanguageChoice({ label, lang, onChange }: LanguageChoiceProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={lang}
        onChange={({ currentTarget: { value } }) => {
          if (isWholeLanguage(value)) onChange(value)
        }}
      >
        {languages.map((each) => (
          <option key={each} value={each}>
            {languageName(each)}
          </option>
        ))}
      </select>
    </div>
  )
}
