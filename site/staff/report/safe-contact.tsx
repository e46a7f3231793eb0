// Shows before the words how a reply is safe, because a wrong call can cost more than a late one.
import { type SafeContact } from '#protocol/report/plain-report'
import { languageName } from '../ui/language-switch.tsx'
import { UntrustedText } from '../ui/untrusted-text.tsx'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'

const FIELDS = [
  ['avoid', 'staff.contact.avoid'],
  ['how', 'staff.contact.how'],
  ['when', 'staff.contact.when'],
  ['name', 'staff.contact.name'],
  ['word', 'staff.contact.word'],
  ['lang', 'staff.contact.lang'],
] as const satisfies [keyof SafeContact, MessageKey][]

export function SafeContactFacts({ contact }: { contact: SafeContact | undefined }) {
  const { t } = useMessages()
  const given = FIELDS.flatMap(([field, key]) => {
    const text = contact?.[field]
    return text ? [{ field, key, text: field === 'lang' ? languageName(text) : text }] : []
  })
  return (
    <section class="contact" aria-labelledby="contact-title">
      <h3 id="contact-title">{t('staff.contact.title')}</h3>
      {given.length === 0 && <p>{t('staff.contact.none')}</p>}
      <dl>
        {given.map(({ field, key, text }) => (
          <div key={field} class={`contact-${field}`}>
            <dt>{t(key)}</dt>
            <dd>
              <UntrustedText text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
