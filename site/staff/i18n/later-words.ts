// Loads strings when a screen needs them, because the size limit of the first screen leaves no room
// for them.
/// <reference types="vite/client" />
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Language } from '#content/languages.ts'
import { ownValue } from '../crypto/prototype-guard.ts'
import { useMessages, type Table } from './messages.tsx'

const files = import.meta.glob<Table>(
  '../../../content/strings/*/staff-{case,class,figures,help,referral}.json',
  { import: 'default' },
)

export type LaterFile =
  | 'staff-case'
  | 'staff-class'
  | 'staff-figures'
  | 'staff-help'
  | 'staff-referral'

export interface LaterTable {
  /** null until the strings have been loaded for the first time */
  table: Table | null
  /** the error from a failed attempt to load, or null */
  why: unknown
  again: () => void
}

export const loadLaterTable = async (lang: Language, file: LaterFile): Promise<Table> =>
  (await ownValue(files, `../../../content/strings/${lang}/${file}.json`)?.()) ?? {}

/**
 * Loads the strings of the current language. The strings of the previous language stay until the
 * new ones have loaded.
 */
export function useLaterTable(file: LaterFile): LaterTable {
  const { lang } = useMessages()
  const [table, setTable] = useState<Table | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    setWhy(null)
    loadLaterTable(lang, file).then(
      (loaded) => {
        if (isCurrent) setTable(loaded)
      },
      (cause: unknown) => {
        if (isCurrent) setWhy(new Refusal('network', { cause }))
      },
    )
    return () => void (isCurrent = false)
  }, [lang, tries])
  return { table, why, again: () => setTries(tries + 1) }
}
