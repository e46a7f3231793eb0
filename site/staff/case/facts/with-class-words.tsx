// Shows its children once the labels for classifications have loaded. The size limit for the first
// screen leaves no room for these labels.
import { type ComponentChildren } from 'preact'
import type { classStrings } from '#content/strings.ts'
import { type WholeLanguage } from '#content/languages.ts'
import { useLaterTable } from '../../i18n/later-words.ts'
import { textIn, type Params } from '../../i18n/messages.tsx'
import { LoadingWords } from '../../ui/loading-words.tsx'

export type ClassKey = keyof (typeof classStrings)[WholeLanguage]

/** Returns the text for a key, with the text's {placeholders} filled in. */
export type SayClass = (key: ClassKey, params?: Params) => string

export function WithClassWords({ children }: { children: (say: SayClass) => ComponentChildren }) {
  const load = useLaterTable('staff-class')
  return load.table ? <>{children(textIn(load.table))}</> : <LoadingWords loads={[load]} />
}
