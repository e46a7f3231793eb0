// Provides the strings of the staff's side of a case. The size limit for the first screen leaves no
// room for these strings.
import { type ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLaterTable } from '../../i18n/later-words.ts'
import { GivenMessages, useMessages } from '../../i18n/messages.tsx'
import { messagesWith } from '../../i18n/messages-with.ts'
import { LoadingWords } from '../../ui/loading-words.tsx'

interface WithCaseWordsProps {
  /** true to show nothing until the strings have loaded */
  isQuiet?: boolean
  children: ComponentChildren
}

export function WithCaseWords({ isQuiet = false, children }: WithCaseWordsProps) {
  const words = useMessages()
  const load = useLaterTable('staff-case')
  const { table } = load
  const both = useMemo(() => table && messagesWith(words, [table]), [table, words])
  if (both) return <GivenMessages value={both}>{children}</GivenMessages>
  return isQuiet ? null : <LoadingWords loads={[load]} />
}
