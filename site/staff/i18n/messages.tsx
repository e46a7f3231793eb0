// Loads the words of the app, for one language at a time. The device stores the chosen language.
/// <reference types="vite/client" />
import { createContext, type ComponentChildren } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type staffWords from '#content/strings/ky/staff.json'
import { Refusal } from '#protocol/errors'
import { isLanguage, type Language } from '#content/languages.ts'
import { ownValue } from '../prototype-guard.ts'
import { defaultLanguage } from '#site/i18n/languages.ts'

export type MessageKey = keyof typeof staffWords
type Table = Readonly<Record<string, string>>
export type Params = Readonly<Record<string, string | number>>

export interface Messages {
  lang: Language
  /** Returns the text of a key with its {places} filled. */
  t: (key: MessageKey, params?: Params) => string
  /** Returns the sentence for an error: what happened and what to do. */
  sentence: (thrown: unknown) => string
  changeLanguage: (lang: Language) => void
}

const files = import.meta.glob<Table>('../../../content/strings/*/{staff,errors}.json', {
  import: 'default',
})
const STORED = 'oasis-staff-language'

// An unfilled place stops tests and development. In production a sentence with a gap is better
// than no workspace.
const fill = (text: string, params: Params): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = ownValue(params, name)
    if (value === undefined && import.meta.env.DEV)
      throw new Error(`nothing to put in ${place} of "${text}"`)
    return String(value ?? place)
  })

async function loadTable(lang: Language): Promise<Table> {
  const load = (file: string): Promise<Table> =>
    ownValue(files, `../../../content/strings/${lang}/${file}.json`)?.() ?? Promise.resolve({})
  const [staff, errors] = await Promise.all([load('staff'), load('errors')])
  return { ...errors, ...staff }
}

export function messagesFrom(
  table: Table,
  lang: Language,
  changeLanguage: Messages['changeLanguage'],
): Messages {
  const sentence = (thrown: unknown): string => {
    const code = thrown instanceof Refusal ? thrown.code : 'internal'
    // Some codes mean something else to staff than on the public pages.
    return ownValue(table, `staff.error.${code}`) ?? ownValue(table, `error.${code}`) ?? code
  }
  return {
    lang,
    t: (key, params = {}) => fill(table[key] ?? key, params),
    sentence,
    changeLanguage,
  }
}

const WordsContext = createContext<Messages | null>(null)

export function useMessages(): Messages {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useMessages stands outside of MessagesProvider')
  return words
}

function storedLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED) ?? ''
    return isLanguage(stored) ? stored : defaultLanguage
  } catch {
    return defaultLanguage
  }
}

function storeLanguage(lang: Language): void {
  try {
    localStorage.setItem(STORED, lang)
  } catch {
    // Storage is switched off, so the language lasts as long as the tab.
  }
}

/** Provides the words, and keeps the old language on the page until the new words are loaded. */
export function MessagesProvider({ children }: { children: ComponentChildren }) {
  const [lang, setLang] = useState(storedLanguage)
  const [words, setWords] = useState<Messages | null>(null)
  useEffect(() => {
    let current = true
    const change = (next: Language): void => {
      storeLanguage(next)
      setLang(next)
    }
    void loadTable(lang).then(
      (table) => {
        if (!current) return
        const loaded = messagesFrom(table, lang, change)
        document.documentElement.lang = lang
        document.title = loaded.t('staff.title')
        setWords(loaded)
      },
      // If a language cannot be fetched, the old language stays.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [lang])
  return words && <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
}

/** Provides given words, for tests. */
export const GivenMessages = WordsContext.Provider
