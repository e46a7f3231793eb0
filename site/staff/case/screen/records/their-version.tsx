// Shows what a colleague stored in the meantime, above the author's own words.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { type LoadedRecord } from '../../read/read-records.ts'

interface TheirVersionProps {
  later: LoadedRecord
  /** one level below the heading of the form */
  level: 'h5' | 'h6'
  children: ComponentChildren
}

export function TheirVersion({ later, level: Heading, children }: TheirVersionProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const heading = useRef<HTMLHeadingElement>(null)
  // The colleague's version appears above the button that was pressed.
  useEffect(() => heading.current?.focus(), [later.revision])
  return (
    <div class="note later">
      <Heading ref={heading} tabIndex={-1}>
        {t('staff.record.theirs', { name: nameOf(later.author) })}
      </Heading>
      <p class="hint">{later.day && dayInDigits(later.day)}</p>
      {children}
    </div>
  )
}
