// Shows the text that is read aloud in the person's language, and records the answer. The answer is
// valid only for exactly this text and content; if a choice changes, the form asks again.
import { useId, useState } from 'preact/hooks'
import { minuteOf } from '#protocol/time'
import { consentText, type ConsentBy, type LetterReceiver } from '../../../referral/consent-text.ts'
import { type ReferralContent } from '../../../referral/content.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { CONSENT_WAYS, type HeardAnswer, type HeardConsent } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

const ANSWERS = [...CONSENT_WAYS, 'no', 'unasked'] as const
type ConsentAnswer = (typeof ANSWERS)[number]

interface ConsentPartProps {
  all: readonly ReferralWords[]
  own: ReferralWords
  /** the person who consents, if that is not the person whom the letter is about */
  name?: string
  content: ReferralContent
  receiver: LetterReceiver
  by?: ConsentBy
  /** null while nobody has answered */
  heard: HeardAnswer | null
  onHeard: (heard: HeardAnswer | null) => void
}

/** Returns the answer if the person heard the text for exactly this content and receiver. */
export function heardAnswer(
  heard: HeardAnswer | null,
  all: readonly ReferralWords[],
  content: ReferralContent,
  receiver: LetterReceiver,
  by: ConsentBy = 'person',
): HeardAnswer | null {
  const words = heard && all.find(({ lang }) => lang === heard.lang)
  const isSame =
    words &&
    heard.of === JSON.stringify(content) &&
    consentText(content, receiver, words, by).join('\n') === heard.text
  return isSame ? heard : null
}

export const isConsent = (heard: HeardAnswer): heard is HeardConsent => heard.how !== 'no'

export function ConsentPart(props: ConsentPartProps) {
  const { all, own, name, content, receiver, by, heard, onHeard } = props
  const [words, setWords] = useState(all.find(({ lang }) => lang === heard?.lang) ?? own)
  const sentences = consentText(content, receiver, words, by)
  const text = sentences.join('\n')
  const of = JSON.stringify(content)
  const isAnswered = heard?.lang === words.lang && heard.text === text && heard.of === of
  const title = useId()
  const take = (next: ConsentAnswer): void => {
    const heardAt = minuteOf(Date.now())
    onHeard(next === 'unasked' ? null : { lang: words.lang, text, of, heardAt, how: next })
  }
  return (
    <section class="read-aloud" aria-labelledby={title}>
      <h5 id={title}>{name ?? own.say('staff-referral.read_aloud')}</h5>
      <ChoiceRow
        label={own.say('staff-referral.read_aloud')}
        isQuiet
        options={all.map(({ lang, name }) => [lang, name] as const)}
        value={words.lang}
        onChange={(lang) => setWords(all.find((each) => each.lang === lang) ?? own)}
      />
      <ol lang={words.lang}>
        {sentences.map((sentence) => (
          <li key={sentence} dir="auto">
            {sentence}
          </li>
        ))}
      </ol>
      <ChoiceRow
        label={own.say('staff-referral.answer')}
        options={ANSWERS.map((each) => [each, own.say(`staff-referral.answer.${each}`)] as const)}
        value={isAnswered ? heard.how : 'unasked'}
        onChange={take}
      />
      <p role="status">
        {isAnswered && heard.how === 'no' && own.say('staff-referral.answer.no.hint')}
      </p>
    </section>
  )
}
