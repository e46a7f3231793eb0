// Shows the questions of a referral. No answer is chosen in advance.
import { useMemo, useState } from 'preact/hooks'
import { isUnder18 } from '../../../referral/content.ts'
import { wordsOfCase } from '../../../referral/facts-of.ts'
import { BASES } from '../../../referral/fields.ts'
import { type KnownDetails } from '../../../referral/find-details.ts'
import { LEAVING_WAYS } from '../../../referral/made-file.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { Form } from '../../../ui/form.tsx'
import { DayField, SelectField } from '../../../ui/select-field.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { namedPersons, parentsOf, personValue } from '../../read/named-persons.ts'
import { NOT_ASKED, type Asked } from './asked.ts'
import { BasisPart } from './basis-part.tsx'
import { ChildPart } from './child-part.tsx'
import { ChoiceRow } from '../../../ui/choice-row.tsx'
import { ConsentPart } from './consent-part.tsx'
import { FieldChoices } from './field-choices.tsx'
import { canBeReadAloud, wholeAnswers } from './missing-answers.ts'
import { MissingParts } from './missing-parts.tsx'
import { OtherPeople } from './other-people.tsx'
import { ReceiverFields } from './receiver-fields.tsx'
import { openIn, WordChoices } from './word-choices.tsx'

/** The colleagues who can make decisions about a case, by their ids. */
export type Staff = readonly (readonly [id: string, name: string])[]

interface QuestionsProps {
  loaded: LoadedReport
  all: readonly ReferralWords[]
  own: ReferralWords
  asked: Asked
  staff: Staff
  known: KnownDetails
  busy: boolean
  onAsked: (asked: Asked) => void
  onPerson: (person: string) => void
  onPrepare: () => void
  onCancel: () => void
}

export function ReferralQuestions(props: QuestionsProps) {
  const { loaded, all, own, asked, onAsked, busy, onCancel } = props
  const { say } = own
  const words = useMemo(() => wordsOfCase(loaded), [loaded])
  const [isTried, setIsTried] = useState(false)
  const set = (part: Partial<Asked>): void => onAsked({ ...asked, ...part })
  const { facts, choices, included, about, parent, heard, heardOthers, way } = asked
  const { answers, missing, isRefused } = wholeAnswers(asked, all)
  // A letter does not ask for help for a suspect.
  const persons = namedPersons(loaded).filter(({ role }) => role !== 'suspect')
  const { content, receiver, by } = answers
  const parents = parentsOf(loaded, asked.person)
  const chosen = by === 'parent' && parents.find(({ place }) => personValue(place) === parent)
  const { basis } = choices
  const isLeast = basis === 'life'
  const canRead = canBeReadAloud(missing)
  const submit = (): void => {
    setIsTried(true)
    if (!Object.values(missing).includes(true)) props.onPrepare()
  }
  return (
    <Form busy={busy} onSubmit={submit} onCancel={onCancel}>
      <h5 id="referral-form-title" tabIndex={-1}>
        {say('staff-referral.title')}
      </h5>
      {persons.length > 0 && (
        <SelectField
          label={say('staff-referral.letter.about')}
          value={asked.person}
          options={[
            ['', say('staff-referral.person.none')],
            ...persons.map(
              ({ place, name }) =>
                [personValue(place), name || say('staff-referral.person.unnamed')] as const,
            ),
          ]}
          onChange={props.onPerson}
        />
      )}
      <ReceiverFields
        {...{ all, own, about }}
        onAbout={(next) => set({ about: next })}
        lacks={{ name: isTried && missing.receiver, answers: isTried && missing.answers }}
      />
      <ChoiceRow
        label={say('staff-referral.basis')}
        options={BASES.map((each) => [each, say(`staff-referral.basis.${each}`)] as const)}
        value={basis}
        onChange={(next) =>
          set({
            choices: { basis: next, forms: {}, ticked: [] },
            ...{ included: [], parent: '', heard: null, heardOthers: {}, without: NOT_ASKED },
          })
        }
      />
      {basis !== 'consent' && (
        <>
          <p class="note">{say(`staff-referral.basis.${basis}.hint`)}</p>
          <BasisPart
            {...{ own, basis, isTried }}
            without={asked.without}
            onWithout={(without) => set({ without })}
          />
        </>
      )}
      <FieldChoices
        key={`${asked.person} ${basis}`}
        words={own}
        {...{ facts, choices }}
        onFacts={(next) => set({ facts: next })}
        onChoices={(next) => set({ choices: next })}
      />
      {isUnder18(asked.facts) === 'yes' && (
        <ChildPart
          {...{ own, isTried }}
          staff={props.staff}
          child={asked.child}
          onChild={(child) => set({ child })}
        />
      )}
      {!isLeast && (
        <WordChoices
          words={own}
          found={words}
          known={props.known}
          included={included}
          onIncluded={(next) => set({ included: [...next] })}
        />
      )}
      {!isLeast && receiver.name !== '' && (
        <OtherPeople
          {...{ all, own, receiver }}
          others={facts.others}
          heard={heardOthers}
          onHeard={(next) => set({ heardOthers: next })}
        />
      )}
      {basis === 'consent' && isUnder18(facts) === 'yes' && parents.length > 0 && (
        <SelectField
          label={say('staff-referral.who_agrees')}
          hint={say('staff-referral.who_agrees.hint')}
          value={parent}
          options={[
            ['', say('staff-referral.who_agrees.person')],
            ...parents.map(
              ({ place, name }) =>
                [personValue(place), name || say('staff-referral.person.unnamed')] as const,
            ),
          ]}
          onChange={(next) => set({ parent: next, heard: null })}
        />
      )}
      {basis === 'consent' && !canRead && (
        <p class="hint">{say('staff-referral.read_aloud.later')}</p>
      )}
      {basis === 'consent' && canRead && (
        <ConsentPart
          key={parent}
          {...(chosen && { name: `${say('staff-referral.read_aloud')}: ${chosen.name}` })}
          {...{ all, own, content, receiver, by, heard }}
          onHeard={(next) => set({ heard: next })}
        />
      )}
      <DayField
        label={say('staff-referral.until')}
        value={about.answerBy}
        required
        onInput={(answerBy) => set({ about: { ...about, answerBy } })}
      />
      <ChoiceRow
        label={say('staff-referral.way')}
        options={LEAVING_WAYS.map((each) => [each, say(`staff-referral.way.${each}`)] as const)}
        value={way}
        onChange={(next) => set({ way: next })}
      />
      {isTried && <MissingParts {...{ own, missing, isRefused }} open={openIn(included)} />}
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={busy}>
          {say(busy ? 'staff-referral.making' : 'staff-referral.make')}
        </button>
        <button type="button" onClick={onCancel}>
          {say('staff-referral.drop')}
        </button>
      </div>
    </Form>
  )
}
