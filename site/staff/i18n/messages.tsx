// Provides components with the strings of one language. The staff app loads the strings, and the
// recovery page contains those of all languages.
/// <reference types="vite/client" />
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { caseStrings, recoveryStrings, staffStrings } from '#content/strings.ts'
import { Refusal } from '#protocol/errors'
import { type WholeLanguage } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'

export type MessageKey =
  | keyof (typeof staffStrings)[WholeLanguage]
  | keyof (typeof caseStrings)[WholeLanguage]
  | keyof (typeof recoveryStrings)[WholeLanguage]
export type Table = Readonly<Record<string, string>>
export type Params = Readonly<Record<string, string | number>>

export interface Messages {
  lang: WholeLanguage
  /** Returns the text for a key with its {placeholders} filled in. */
  t: (key: MessageKey, params?: Params) => string
  /** Returns the sentence for an error: what happened, and what to do. */
  sentence: (thrown: unknown) => string
  changeLanguage: (lang: WholeLanguage) => void
}

// An unfilled placeholder throws an error in tests and during development. In production, a
// sentence with a gap is better than a broken workspace.
export const fillPlaces = (text: string, params: Params): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = ownValue(params, name)
    if (value === undefined && import.meta.env.DEV)
      throw new Error(`nothing to put in ${place} of "${text}"`)
    return String(value ?? place)
  })

/** Returns the text for a key in a table, or the key itself if the table lacks it. */
export const textIn =
  (table: Table) =>
  (key: string, params: Params = {}): string =>
    fillPlaces(ownValue(table, key) ?? key, params)

export function messagesFrom(
  table: Table,
  lang: WholeLanguage,
  changeLanguage: Messages['changeLanguage'],
): Messages {
  const sentence = (thrown: unknown): string => {
    const code = thrown instanceof Refusal ? thrown.code : 'internal'
    // Some codes have a different meaning for staff than on the public pages.
    return ownValue(table, `staff.error.${code}`) ?? ownValue(table, `error.${code}`) ?? code
  }
  return {
    lang,
    t: (key, params = {}) => fillPlaces(table[key] ?? key, params),
    sentence,
    changeLanguage,
  }
}

const WordsContext = createContext<Messages | null>(null)

export function useMessages(): Messages {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useMessages stands outside of a provider')
  return words
}

/** Provides the given strings. */
export const GivenMessages = WordsContext.Provider
