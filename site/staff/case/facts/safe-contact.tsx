// Shows, above the words, how to reply safely. A wrong call can do more harm than a late one.
import { type SafeContact } from '#protocol/report/plain-report'
import { useMessages, type MessageKey, type Messages } from '../../i18n/messages.tsx'
import { languageName } from '../../ui/language-switch.tsx'
import { FORBIDDEN } from '../../ui/marks.tsx'
import { UntrustedText } from '../../ui/untrusted-text.tsx'

const FIELDS = [
  ['avoid', 'staff.contact.avoid'],
  ['how', 'staff.contact.how'],
  ['when', 'staff.contact.when'],
  ['name', 'staff.contact.name'],
  ['word', 'staff.contact.word'],
  ['lang', 'staff.contact.lang'],
] as const satisfies [keyof SafeContact, MessageKey][]

/** Lists the person's answers to the questions about safe contact, each with its label. */
export const contactIn = (contact: SafeContact | undefined, { t }: Pick<Messages, 't'>) =>
  FIELDS.flatMap(([field, key]) => {
    const text = contact?.[field]
    const shown = text && field === 'lang' ? languageName(text) : text
    return shown ? [{ field, name: t(key), text: shown }] : []
  })

interface SafeContactProps {
  contact: SafeContact | undefined
  /** identifies the writer of these wishes if the case has several writers */
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

/** Shows how to reach the person, in one line. The forbidden ways come first. */
export function ReachLine({ contact }: Pick<SafeContactProps, 'contact'>) {
  const words = useMessages()
  const given = contactIn(contact, words).filter(({ field }) => field !== 'lang')
  if (given.length === 0) return <>{words.t('staff.contact.site')}</>
  return (
    <>
      {given.map(({ field, name, text }, at) => (
        <span key={field} class={`reach-${field}`}>
          {at > 0 && ' · '}
          <ReachName field={field} name={name} />
          <bdi>{text}</bdi>
        </span>
      ))}
    </>
  )
}

interface ReachNameProps {
  field: keyof SafeContact
  name: string
}

/**
 * Shows a circle with a bar, the symbol for "forbidden", instead of a long label. Ways and times
 * need no label.
 */
function ReachName({ field, name }: ReachNameProps) {
  if (field === 'name' || field === 'word') return <>{name}: </>
  return (
    <>
      {field === 'avoid' && (
        <svg class="wish-sign" viewBox="0 0 16 16" aria-hidden="true">
          <path d={FORBIDDEN} />
        </svg>
      )}
      <span class="apart">{name}: </span>
    </>
  )
}
