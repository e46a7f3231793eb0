// Shows, before the words, how to reply safely, because a wrong call can cost more than a late one.
import { type SafeContact } from '#protocol/report/plain-report'
import { useMessages, type MessageKey, type Messages } from '../../i18n/messages.tsx'
import { languageName } from '../../ui/language-switch.tsx'
import { UntrustedText } from '../../ui/untrusted-text.tsx'

const FIELDS = [
  ['avoid', 'staff.contact.avoid'],
  ['how', 'staff.contact.how'],
  ['when', 'staff.contact.when'],
  ['name', 'staff.contact.name'],
  ['word', 'staff.contact.word'],
  ['lang', 'staff.contact.lang'],
] as const satisfies [keyof SafeContact, MessageKey][]

/** Lists the person's answers about the ways to reach them, each with its name. */
export const contactIn = (contact: SafeContact | undefined, { t }: Pick<Messages, 't'>) =>
  FIELDS.flatMap(([field, key]) => {
    const text = contact?.[field]
    const shown = text && field === 'lang' ? languageName(text) : text
    return shown ? [{ field, name: t(key), text: shown }] : []
  })

interface SafeContactProps {
  contact: SafeContact | undefined
  /** the writer of the wishes, when a case has several writers */
  whose?: string
}

export function SafeContactFacts({ contact, whose }: SafeContactProps) {
  const words = useMessages()
  const { t } = words
  const given = contactIn(contact, words)
  const title = t('staff.contact.title')
  return (
    <section class="contact" aria-label={whose ? `${title}: ${whose}` : title}>
      <h3 class={whose ? 'of-letter' : undefined}>{whose ?? title}</h3>
      {given.length === 0 && <p>{t('staff.contact.none')}</p>}
      <dl>
        {given.map(({ field, name, text }) => (
          <div key={field} class={`contact-${field}`}>
            <dt>{name}</dt>
            <dd>
              <UntrustedText text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
