// Each language under its own name.
import { languages, type Language } from '#site/i18n/languages.ts'
import { useWords } from '../words.tsx'

const NAMES: Readonly<Record<Language, string>> = {
  ky: 'Кыргызча',
  ru: 'Русский',
  en: 'English',
}

export function LanguageSwitch() {
  const { t, lang, changeLanguage } = useWords()
  return (
    <div class="languages" role="group" aria-label={t('staff.language')}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === lang}
          onClick={() => changeLanguage(each)}
        >
          {NAMES[each]}
        </button>
      ))}
    </div>
  )
}

/** The name of a report's language, or the code itself. */
export const languageName = (code: string): string =>
  (NAMES as Readonly<Record<string, string>>)[code] ?? code
