// Lists each language under its own name.
import { languages, OWN_NAMES } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'
import { useMessages } from '../i18n/messages.tsx'

export function LanguageSwitch() {
  const { t, lang, changeLanguage } = useMessages()
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
          {OWN_NAMES[each]}
        </button>
      ))}
    </div>
  )
}

/** Returns the name of a report's language, or the code of an unknown language. */
export const languageName = (code: string): string => ownValue(OWN_NAMES, code) ?? code
