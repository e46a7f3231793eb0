// Asks what leaves, to whom and on what ground, then makes the file and shows it. Nothing leaves
// before `onSave`, which signs and stores the referral.
import { useState } from 'preact/hooks'
import { type PersonPlace } from '../../../crypto/case-entry.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { leavingContent, mayBeChild, type Choices } from '../../../referral/content.ts'
import { factsOf, knownDetailsOf, wordsOfCase } from '../../../referral/facts-of.ts'
import { BASES } from '../../../referral/fields.ts'
import { namesInFields } from '../../../referral/find-details.ts'
import { LEAVING_WAYS, type LeavingWay } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { focusSoon } from '../../../session/navigation.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Form } from '../../../ui/form.tsx'
import { DayField } from '../../../ui/select-field.tsx'
import { useAttempt } from '../../../ui/use-attempt.ts'
import { needWords } from '../../facts/coded-answers.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { ChoiceRow } from './choice-row.tsx'
import { ConsentPart, heardConsent } from './consent-part.tsx'
import { FieldChoices, withBasis } from './field-choices.tsx'
import { PreparedFile } from './prepared-file.tsx'
import { MissingParts } from './missing-parts.tsx'
import { consentingOthers, OtherPeople, type HeardOthers } from './other-people.tsx'
import { prepareReferral, type HeardConsent, type PreparedReferral } from './prepared-referral.ts'
import { newLetterTerms, ReceiverFields } from './receiver-fields.tsx'
import { WithReferralWords } from './with-referral-words.tsx'
import { openIn, WordChoices, type IncludedWords } from './word-choices.tsx'

export interface ReferralFormProps {
  loaded: LoadedReport
  /** the person whom the letter is about; null without a record */
  person: PersonPlace | null
  /** the number of the referral */
  number: string
  /** the names of the staff */
  colleagues: readonly string[]
  /** the bundled opener of a page */
  opener: string
  /** signs and stores what was prepared */
  onSave: (prepared: PreparedReferral) => Promise<void>
  onCancel: () => void
}

export const ReferralForm = (props: ReferralFormProps) => (
  <WithReferralWords>
    {(all, own) => <Questions {...props} all={all} own={own} />}
  </WithReferralWords>
)

const NO_CHOICES: Choices = {
  ...{ basis: 'consent', forms: {}, ticked: [], words: [], consenting: [] },
}

interface QuestionsProps extends ReferralFormProps {
  all: readonly ReferralWords[]
  own: ReferralWords
}

function Questions(props: QuestionsProps) {
  const { loaded, person, number, colleagues, opener, onSave, onCancel, all, own } = props
  const { say } = own
  const { t } = useMessages()
  const [facts, setFacts] = useState(() =>
    factsOf(loaded, person, (code) => needWords(code, { t })),
  )
  const [choices, setChoices] = useState(NO_CHOICES)
  const [included, setIncluded] = useState<readonly IncludedWords[]>([])
  const [about, setAbout] = useState(() => newLetterTerms(own.lang))
  const [way, setWay] = useState<LeavingWay>('page')
  const [heard, setHeard] = useState<HeardConsent | null>(null)
  const [heardOthers, setHeardOthers] = useState<HeardOthers>({})
  const [isTried, setIsTried] = useState(false)
  const [made, setMade] = useState<{ prepared: PreparedReferral; letter: Letter } | null>(null)
  const { busy, why, run } = useAttempt()

  const known = knownDetailsOf(loaded, colleagues)
  const { basis } = choices
  const isLeast = basis === 'life'
  const isDecided = openIn(included) === 0
  // Words with an open mark cannot be in a content, and a text that is read aloud names them all.
  const receiver = { name: about.name.trim(), kind: about.kind }
  const others = isLeast ? [] : consentingOthers(facts.others, heardOthers, all, receiver)
  const content = leavingContent(facts, {
    ...{ ...choices, words: isDecided ? included : [] },
    consenting: others.map(({ id }) => id),
  })
  const consent = basis === 'consent' ? heardConsent(heard, all, content, receiver) : null
  const missing = {
    receiver: receiver.name === '',
    answers: about.answers.trim() === '',
    fields: content.fields.length === 0,
    marks: !isDecided && !isLeast,
    consent: basis === 'consent' && consent === null,
  }

  const prepare = (): void => {
    setIsTried(true)
    if (Object.values(missing).includes(true)) return
    run(async () => {
      const words = all.find(({ lang }) => lang === about.lang) ?? own
      const hasSecond = basis !== 'consent' || mayBeChild(facts)
      const signed = { content, consent, others, ticked: choices.ticked }
      const asked = { ...signed, about, number, hasSecond, way, all, opener }
      setMade(await prepareReferral(words, asked))
      focusSoon('referral-preview')
    })
  }

  if (made)
    return (
      <div class="referral">
        <PreparedFile
          own={own}
          {...made}
          names={namesInFields(made.prepared.content, known)}
          busy={busy}
          onSave={() => run(() => onSave(made.prepared))}
          onChange={() => setMade(null)}
        />
        <ErrorMessage why={why} />
      </div>
    )
  return (
    <div class="referral">
      <Form onSubmit={prepare} onCancel={onCancel}>
        <h4 id="referral-title" tabIndex={-1}>
          {say('staff-referral.title')}
        </h4>
        <ReceiverFields
          {...{ all, own, about }}
          onAbout={setAbout}
          lacks={{ name: isTried && missing.receiver, answers: isTried && missing.answers }}
        />
        <ChoiceRow
          label={say('staff-referral.basis')}
          options={BASES.map((each) => [each, say(`staff-referral.basis.${each}`)] as const)}
          value={basis}
          onChange={(next) => {
            setChoices(withBasis(choices, next))
            setIncluded([])
          }}
        />
        {isLeast && <p class="note">{say('staff-referral.basis.life.hint')}</p>}
        <FieldChoices
          words={own}
          {...{ facts, choices }}
          onFacts={setFacts}
          onChoices={setChoices}
        />
        {!isLeast && (
          <WordChoices
            words={own}
            found={wordsOfCase(loaded)}
            known={known}
            included={included}
            onIncluded={setIncluded}
          />
        )}
        {!isLeast && receiver.name !== '' && (
          <OtherPeople
            {...{ all, own, receiver }}
            others={facts.others}
            heard={heardOthers}
            onHeard={setHeardOthers}
          />
        )}
        {basis === 'consent' && receiver.name !== '' && content.fields.length > 0 && isDecided && (
          <ConsentPart {...{ all, own, content, receiver, heard }} onHeard={setHeard} />
        )}
        <DayField
          label={say('staff-referral.until')}
          value={about.answerBy}
          required
          onInput={(answerBy) => setAbout({ ...about, answerBy })}
        />
        <ChoiceRow
          label={say('staff-referral.way')}
          options={LEAVING_WAYS.map((each) => [each, say(`staff-referral.way.${each}`)] as const)}
          value={way}
          onChange={setWay}
        />
        {isTried && <MissingParts own={own} missing={missing} open={openIn(included)} />}
        <ErrorMessage why={why} />
        <div class="verbs">
          <button type="submit" class="go" aria-disabled={busy}>
            {say(busy ? 'staff-referral.making' : 'staff-referral.make')}
          </button>
          <button type="button" onClick={onCancel}>
            {say('staff-referral.drop')}
          </button>
        </div>
      </Form>
    </div>
  )
}
