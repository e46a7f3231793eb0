// The words of the app, loaded for one language at a time. Staff may keep their language on the device; nothing else is kept there.
/// <reference types="vite/client" />
import { createContext, type ComponentChildren } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type staffWords from '#content/strings/ky/staff.json'
import { Refusal } from '#protocol/errors'
import { defaultLanguage, isLanguage, type Language } from '#site/i18n/languages.ts'

export type WordKey = keyof typeof staffWords
type Table = Readonly<Record<string, string>>
export type Params = Readonly<Record<string, string | number>>

export interface Words {
  lang: Language
  /** The text of a key with its {places} filled. */
  t: (key: WordKey, params?: Params) => string
  /** The sentence for whatever was thrown: what happened and what to do. */
  sentence: (thrown: unknown) => string
  changeLanguage: (lang: Language) => void
}

const files = import.meta.glob<Table>('../../content/strings/*/{staff,errors}.json', {
  import: 'default',
})
const STORED = 'oasis-staff-language'

// A forgotten place stops tests and development; at work a sentence with a hole is better than no desk.
const fill = (text: string, params: Params): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name]
    if (value === undefined && import.meta.env.DEV)
      throw new Error(`nothing to put in ${place} of "${text}"`)
    return String(value ?? place)
  })

async function loadTable(lang: Language): Promise<Table> {
  const load = (file: string): Promise<Table> =>
    files[`../../content/strings/${lang}/${file}.json`]?.() ?? Promise.resolve({})
  const [staff, errors] = await Promise.all([load('staff'), load('errors')])
  return { ...errors, ...staff }
}

export function wordsFrom(
  table: Table,
  lang: Language,
  changeLanguage: Words['changeLanguage'],
): Words {
  const sentence = (thrown: unknown): string => {
    const code = thrown instanceof Refusal ? thrown.code : 'internal'
    // Staff read some codes in another situation than the public pages do.
    return table[`staff.error.${code}`] ?? table[`error.${code}`] ?? code
  }
  return {
    lang,
    t: (key, params = {}) => fill(table[key] ?? key, params),
    sentence,
    changeLanguage,
  }
}

const WordsContext = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useWords stands outside of WordsProvider')
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
    // Storage is switched off: the language then lasts as long as the tab.
  }
}

/** Keeps the former words on the page until the new ones are there. */
export function WordsProvider({ children }: { children: ComponentChildren }) {
  const [lang, setLang] = useState(storedLanguage)
  const [words, setWords] = useState<Words | null>(null)
  useEffect(() => {
    let current = true
    const change = (next: Language): void => {
      storeLanguage(next)
      setLang(next)
    }
    void loadTable(lang).then(
      (table) => {
        if (!current) return
        const loaded = wordsFrom(table, lang, change)
        document.documentElement.lang = lang
        document.title = loaded.t('staff.title')
        setWords(loaded)
      },
      // A language that cannot be fetched leaves the former one standing.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [lang])
  return words && <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
}

/** For tests: the same context with words given. */
export const GivenWords = WordsContext.Provider
