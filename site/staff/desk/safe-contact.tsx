// How it is safe to answer stands before the words: a wrong call can cost more than a late one.
import { type SafeContact as Contact } from '#protocol/report'
import { languageName } from '../parts/language-switch.tsx'
import { PlainWords } from '../parts/plain-words.tsx'
import { useWords, type WordKey } from '../words.tsx'

const FIELDS = [
  ['avoid', 'staff.contact.avoid'],
  ['how', 'staff.contact.how'],
  ['when', 'staff.contact.when'],
  ['name', 'staff.contact.name'],
  ['word', 'staff.contact.word'],
  ['lang', 'staff.contact.lang'],
] as const satisfies [keyof Contact, WordKey][]

export function SafeContact({ contact }: { contact: Contact | undefined }) {
  const { t } = useWords()
  const said = FIELDS.flatMap(([field, key]) => {
    const text = contact?.[field]
    return text ? [{ field, key, text: field === 'lang' ? languageName(text) : text }] : []
  })
  return (
    <section class="contact" aria-labelledby="contact-title">
      <h3 id="contact-title">{t('staff.contact.title')}</h3>
      {said.length === 0 && <p>{t('staff.contact.none')}</p>}
      <dl>
        {said.map(({ field, key, text }) => (
          <div key={field} class={`contact-${field}`}>
            <dt>{t(key)}</dt>
            <dd>
              <PlainWords text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
