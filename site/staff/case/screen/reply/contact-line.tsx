// Keeps the advice for a safe reply beside the field while a colleague writes. On a phone one line
// remains, and a tap shows the rest. A merged case has advice from several people.
import { useState } from 'preact/hooks'
import { type SafeContact } from '#protocol/report/plain-report'
import { useMessages } from '../../../i18n/messages.tsx'
import { SafeContactFacts } from '../../facts/safe-contact.tsx'

/** The width from which the wishes are beside the field; panes.css has the same width. */
const WIDE = '(min-width: 56rem)'

/** The advice of one writer. `whose` identifies the letter in a merged case. */
interface Advice {
  id: string
  contact: SafeContact | undefined
  whose?: string
}

export function ContactLine({ advice }: { advice: readonly Advice[] }) {
  const { t } = useMessages()
  const avoided = advice.map(({ contact }) => contact?.avoid ?? '').filter(Boolean)
  const [isOpen, setIsOpen] = useState(() => matchMedia(WIDE).matches)
  return (
    <details
      class="contact-line"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <span dir="auto">
          {avoided.length > 0 && !isOpen ? (
            <>
              <b>{t('staff.contact.avoid')}:</b> {avoided.join(' · ')}
            </>
          ) : (
            t('staff.contact.title')
          )}
        </span>
      </summary>
      {advice.map(({ id, ...said }) => (
        <SafeContactFacts key={id} {...said} />
      ))}
    </details>
  )
}
