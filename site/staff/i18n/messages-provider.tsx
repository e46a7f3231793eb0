// Loads the app's strings, for one language at a time. The device stores the chosen language; until
// a person chooses one, the browser's language is used.
/// <reference types="vite/client" />
import { type ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { defaultLanguage, isWholeLanguage, type WholeLanguage } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'
import { browserLanguage } from './browser-language.ts'
import { GivenMessages, messagesFrom, type Messages, type Table } from './messages.tsx'
import { showLanguage } from './show-language.ts'

const files = import.meta.glob<Table>('../../../content/strings/*/{staff,errors}.json', {
  import: 'default',
})
const STORED = 'oasis-staff-language'

async function loadTable(lang: WholeLanguage): Promise<Table> {
  const load = (file: string): Promise<Table> =>
    ownValue(files, `../../../content/strings/${lang}/${file}.json`)?.() ?? Promise.resolve({})
  const [staff, errors] = await Promise.all([load('staff'), load('errors')])
  return { ...errors, ...staff }
}

function storedLanguage(): WholeLanguage {
  try {
    const stored = localStorage.getItem(STORED) ?? ''
    if (isWholeLanguage(stored)) return stored
  } catch {
    // Storage is disabled.
  }
  // Many phones are set to English although their owners do not read it.
  return browserLanguage(defaultLanguage, 'en')
}

function storeLanguage(lang: WholeLanguage): void {
  try {
    localStorage.setItem(STORED, lang)
  } catch {
    // Storage is disabled, so the language is kept only as long as the tab is open.
  }
}

/**
 * Provides the strings, and keeps the old language on the page until the new strings have loaded.
 */
export function MessagesProvider({ children }: { children: ComponentChildren }) {
  const [lang, setLang] = useState(storedLanguage)
  const [words, setWords] = useState<Messages | null>(null)
  useEffect(() => {
    let current = true
    const change = (next: WholeLanguage): void => {
      storeLanguage(next)
      setLang(next)
    }
    void loadTable(lang).then(
      (table) => {
        if (!current) return
        const loaded = messagesFrom(table, lang, change)
        showLanguage(lang, loaded.t('staff.title'))
        setWords(loaded)
      },
      // If a language cannot be fetched, the old language is kept.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [lang])
  return words && <GivenMessages value={words}>{children}</GivenMessages>
}
