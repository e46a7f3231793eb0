// Shows a part once the words of classifications have loaded. The first screen has no room for
// them.
import { type ComponentChildren } from 'preact'
import type { classStrings } from '#content/strings.ts'
import { type WholeLanguage } from '#content/languages.ts'
import { ownValue } from '../../crypto/prototype-guard.ts'
import { useLaterTable } from '../../i18n/later-words.ts'
import { fillPlaces, useMessages, type Params } from '../../i18n/messages.tsx'
import { FailedLoad } from '../../ui/errors.tsx'

export type ClassKey = keyof (typeof classStrings)[WholeLanguage]

/** Returns the text of a key with its {placeholders} filled. */
export type SayClass = (key: ClassKey, params?: Params) => string

export function WithClassWords({ children }: { children: (say: SayClass) => ComponentChildren }) {
  const { t } = useMessages()
  const { table, why, again } = useLaterTable('staff-class')
  if (table)
    return <>{children((key, params = {}) => fillPlaces(ownValue(table, key) ?? key, params))}</>
  return (
    <>
      <p role="status">{why === null && t('staff.loading')}</p>
      <FailedLoad why={why} again={again} />
    </>
  )
}
