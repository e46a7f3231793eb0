// Provides a screen with the help texts. The size limit of the first screen leaves no room for
// them.
import { useMemo } from 'preact/hooks'
import { ownValue } from '../crypto/prototype-guard.ts'
import { useLaterTable, type LaterTable } from './later-words.ts'
import { textIn, type Params, type Table } from './messages.tsx'

export type HelpKey = `staff-help.${string}`

export interface HelpWords {
  /**
   * Returns the text for a key with its {placeholders} filled in. Quoted labels are left as keys.
   */
  help: (key: HelpKey, params?: Params) => string
  has: (key: HelpKey) => boolean
}

const helpWordsFrom = (table: Table): HelpWords => ({
  help: textIn(table),
  has: (key) => ownValue(table, key) !== undefined,
})

export interface LoadedHelpWords extends Omit<LaterTable, 'table'> {
  /** null until the strings have been loaded for the first time */
  words: HelpWords | null
}

export function useHelpWords(): LoadedHelpWords {
  const { table, ...load } = useLaterTable('staff-help')
  const words = useMemo(() => table && helpWordsFrom(table), [table])
  return { words, ...load }
}
