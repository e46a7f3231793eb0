// Shows the facts in one letter: the wish, how to reach the writer, the ticked answers and the
// place. A merged case shows these facts for each letter.
import { type ComponentChildren } from 'preact'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { answersIn } from '../facts/coded-answers.tsx'
import { contactIn } from '../facts/safe-contact.tsx'
import { type LoadedReport } from '../read/load-report.ts'
import { standingOfLetter } from '../read/wish-rules.ts'
import { wishesOf } from '../read/wishes-of.ts'
import { useWishWords } from './wishes/use-wish-words.ts'
import { WishLine } from './wishes/wish-line.tsx'

interface LetterFactsProps {
  loaded: LoadedReport
  /** id of the report that began the thread */
  thread: string
  report: ReadReport
}

export function LetterFacts({ loaded, thread, report }: LetterFactsProps) {
  const words = useMessages()
  const { t } = words
  const wishWords = useWishWords([loaded])
  const standing = standingOfLetter(wishesOf(loaded), thread)
  const { consent = 'unsaid', place = t('staff.fact.unsaid') } = report
  const contact = contactIn(report.contact, words)
  return (
    <dl class="facts letter-facts">
      <Fact name={t('staff.consent.title')}>
        <WishLine standing={standing} words={wishWords} hasName={false} />
        {standing.wish !== consent && (
          <p class="hint">
            {t('staff.wish.then')} {t(`staff.consent.${consent}`)}
          </p>
        )}
      </Fact>
      {contact.length === 0 && (
        <Fact name={t('staff.contact.short')}>{t('staff.fact.unsaid')}</Fact>
      )}
      {contact.map(({ field, name, text }) => (
        <Fact key={field} name={name}>
          {text}
        </Fact>
      ))}
      {answersIn(report, words)
        .filter(({ texts }) => texts.length > 0)
        .map(({ title, texts }) => (
          <Fact key={title} name={title}>
            <ul class="answers">
              {texts.map((text, at) => (
                <li key={at} dir="auto">
                  {text}
                </li>
              ))}
            </ul>
          </Fact>
        ))}
      <Fact name={t('staff.fact.place')}>{place}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}
