// Loads the words of Help when a screen needs them, because the first screen has no room for them.
/// <reference types="vite/client" />
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Language } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'
import { fillPlaces, useMessages, type Params, type Table } from './messages.tsx'

const files = import.meta.glob<Table>('../../../content/strings/*/staff-help.json', {
  import: 'default',
})

export type HelpKey = `staff-help.${string}`

export interface HelpWords {
  /** Returns the text of a key with its {placeholders} filled. Quoted labels stay keys. */
  help: (key: HelpKey, params?: Params) => string
  has: (key: HelpKey) => boolean
}

const helpWordsFrom = (table: Table): HelpWords => ({
  help: (key, params = {}) => fillPlaces(ownValue(table, key) ?? key, params),
  has: (key) => ownValue(table, key) !== undefined,
})

export interface LoadedHelpWords {
  /** null until the words have loaded for the first time */
  words: HelpWords | null
  /** the error of a failed load, or null */
  why: unknown
  again: () => void
}

const load = async (lang: Language): Promise<Table> =>
  (await ownValue(files, `../../../content/strings/${lang}/staff-help.json`)?.()) ?? {}

/** Loads the words of the shown language. The old ones stay until the new ones have loaded. */
export function useHelpWords(): LoadedHelpWords {
  const { lang } = useMessages()
  const [words, setWords] = useState<HelpWords | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    setWhy(null)
    load(lang).then(
      (table) => {
        if (isCurrent) setWords(helpWordsFrom(table))
      },
      (cause: unknown) => {
        if (isCurrent) setWhy(new Refusal('network', { cause }))
      },
    )
    return () => void (isCurrent = false)
  }, [lang, tries])
  return { words, why, again: () => setTries(tries + 1) }
}
