// Provides the strings of the staff's side of a case. The size limit of the first screen leaves no
// room for these strings.
import { type ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { ownValue } from '../../crypto/prototype-guard.ts'
import { useLaterTable } from '../../i18n/later-words.ts'
import { fillPlaces, GivenMessages, useMessages, type Messages } from '../../i18n/messages.tsx'
import { LoadingWords } from '../../ui/loading-words.tsx'

interface WithCaseWordsProps {
  /** shows nothing in place of the children until the strings have loaded */
  isQuiet?: boolean
  children: ComponentChildren
}

export function WithCaseWords({ isQuiet = false, children }: WithCaseWordsProps) {
  const words = useMessages()
  const load = useLaterTable('staff-case')
  const { table } = load
  const both = useMemo((): Messages | null => {
    if (!table) return null
    const t: Messages['t'] = (key, params = {}) => {
      const text = ownValue(table, key)
      return text === undefined ? words.t(key, params) : fillPlaces(text, params)
    }
    return { ...words, t }
  }, [table, words])
  if (both) return <GivenMessages value={both}>{children}</GivenMessages>
  return isQuiet ? null : <LoadingWords loads={[load]} />
}
