// Keeps the advice on replying safely visible above the reply. The advice is collapsed to one line
// until a colleague starts writing, and again during the preview. A merged case contains advice
// from several people.
import { useEffect, useState } from 'preact/hooks'
import { type SafeContact } from '#protocol/report/plain-report'
import { useMessages } from '../../../i18n/messages.tsx'
import { ReachLine, SafeContactFacts } from '../../facts/safe-contact.tsx'

/** The advice of one writer. `whose` identifies the letter in a merged case. */
interface Advice {
  id: string
  contact: SafeContact | undefined
  whose?: string
}

interface ContactLineProps {
  advice: readonly Advice[]
  /** true while a colleague is writing and the window has enough room for all of the advice */
  isUnfolded: boolean
}

export function ContactLine({ advice, isUnfolded }: ContactLineProps) {
  const { t } = useMessages()
  const [isOpen, setIsOpen] = useState(isUnfolded)
  useEffect(() => setIsOpen(isUnfolded), [isUnfolded])
  return (
    <details
      class="contact-line"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <span dir="auto">
          {isOpen
            ? t('staff.contact.title')
            : advice.map(({ id, contact, whose }) => (
                <span key={id}>
                  {whose && `${whose}: `}
                  <ReachLine contact={contact} />{' '}
                </span>
              ))}
        </span>
      </summary>
      {advice.map(({ id, ...said }) => (
        <SafeContactFacts key={id} {...said} />
      ))}
    </details>
  )
}
