// Keeps the wishes of the person beside the field while a colleague writes. On a phone one line
// stays, and a touch shows the rest.
import { useState } from 'preact/hooks'
import { type SafeContact } from '#protocol/report/plain-report'
import { useMessages } from '../../i18n/messages.tsx'
import { SafeContactFacts } from '../safe-contact.tsx'

/** The width from which the wishes stand beside the field; panes.css has the same. */
const WIDE = '(min-width: 56rem)'

export function ContactLine({ contact }: { contact: SafeContact | undefined }) {
  const { t } = useMessages()
  const [isOpen, setIsOpen] = useState(() => matchMedia(WIDE).matches)
  return (
    <details
      class="contact-line"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <span dir="auto">
          {contact?.avoid && !isOpen ? (
            <>
              <b>{t('staff.contact.avoid')}:</b> {contact.avoid}
            </>
          ) : (
            t('staff.contact.title')
          )}
        </span>
      </summary>
      <SafeContactFacts contact={contact} />
    </details>
  )
}
