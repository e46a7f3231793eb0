// Adds the labels that the help quotes from screens whose words are loaded later.
import { type ComponentChildren } from 'preact'
import { useLaterTable } from '../i18n/later-words.ts'
import { GivenMessages, useMessages, type Table } from '../i18n/messages.tsx'
import { messagesWith } from '../i18n/messages-with.ts'
import { QUOTED_FILES } from '../i18n/quoted-labels.ts'
import { LoadingWords } from '../ui/loading-words.tsx'

export function WithQuotedLabels({ children }: { children: ComponentChildren }) {
  const words = useMessages()
  const loads = QUOTED_FILES.map((file) => useLaterTable(file))
  const tables = loads.flatMap(({ table }): Table[] => (table === null ? [] : [table]))
  if (tables.length < loads.length) return <LoadingWords loads={loads} />
  return <GivenMessages value={messagesWith(words, tables)}>{children}</GivenMessages>
}
