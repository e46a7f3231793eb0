// Asks what leaves, to whom and on what ground, then makes the file and shows it. Nothing leaves
// before `onSave`, which signs and stores the referral.
import { useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { membersWho } from '../../../ledger/read-roster.ts'
import { useNames } from '../../../ledger/use-names.ts'
import { factsOf, knownDetailsOf, wordsOfCase } from '../../../referral/facts-of.ts'
import { BASES } from '../../../referral/fields.ts'
import { namesInFields } from '../../../referral/find-details.ts'
import { LEAVING_WAYS } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Form } from '../../../ui/form.tsx'
import { DayField, SelectField } from '../../../ui/select-field.tsx'
import { useAttempt } from '../../../ui/use-attempt.ts'
import { needWords } from '../../facts/coded-answers.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { helpedPerson, namedPersons, personValue, placeIn } from '../../read/named-persons.ts'
import { NOT_ASKED, newAsked, useAsked, type Asked } from './asked.ts'
import { BasisPart } from './basis-part.tsx'
import { ChildPart } from './child-part.tsx'
import { ChoiceRow } from './choice-row.tsx'
import { ConsentPart } from './consent-part.tsx'
import { FieldChoices } from './field-choices.tsx'
import { answersIn } from './missing-answers.ts'
import { MissingParts } from './missing-parts.tsx'
import { OtherPeople } from './other-people.tsx'
import { PreparedFile } from './prepared-file.tsx'
import { isUnder18, prepareReferral, type PreparedReferral } from './prepared-referral.ts'
import { ReceiverFields } from './receiver-fields.tsx'
import { openIn, WordChoices } from './word-choices.tsx'

export interface ReferralFormProps {
  loaded: LoadedReport
  all: readonly ReferralWords[]
  own: ReferralWords
  /** the bundled opener of a page */
  opener: string
  /** signs and stores what was prepared */
  onSave: (prepared: PreparedReferral) => Promise<void>
  onCancel: () => void
}

type Staff = readonly (readonly [id: string, name: string])[]

/** Lists the colleagues who can decide about a case, by their ids. */
function useStaff(): Staff {
  const nameOf = useNames()
  const roster = useWholeLedger()?.roster
  return roster ? membersWho(roster, 'confirmed').map(({ id }) => [id, nameOf(id)] as const) : []
}

/** Returns the answers that stand in a new form about a person. */
function useNewAsked({ loaded, own }: Pick<ReferralFormProps, 'loaded' | 'own'>) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  return (person: string): Asked =>
    newAsked(
      person,
      factsOf(loaded, placeIn(person), (code) => needWords(code, { t })),
      { lang: own.lang, me: keys.personId },
    )
}

export function ReferralForm(props: ReferralFormProps) {
  const { loaded, all, own, opener, onSave } = props
  const staff = useStaff()
  const { keys } = useSessionContext()
  const [draft, setAsked] = useAsked(loaded.item.id)
  const begin = useNewAsked(props)
  const [fresh] = useState(() => begin(personValue(helpedPerson(loaded))))
  const asked = draft ?? fresh
  const [made, setMade] = useState<{ prepared: PreparedReferral; letter: Letter } | null>(null)
  const { busy, why, run } = useAttempt()
  const colleagues = staff.map(([, name]) => name)
  const cancel = (): void => {
    setAsked(null)
    props.onCancel()
  }
  const prepare = (): void =>
    run(async () => {
      const { answers } = answersIn(asked, all)
      setMade(await prepareReferral(answers, { all, own, opener, me: keys.personId }))
      focusSoon('referral-preview')
    })
  const save = (prepared: PreparedReferral): void =>
    run(async () => {
      await onSave(prepared)
      setAsked(null)
    })
  return (
    <div class="referral">
      {made ? (
        <PreparedFile
          own={own}
          {...made}
          names={namesInFields(made.prepared.content, knownDetailsOf(loaded, colleagues))}
          busy={busy}
          onSave={() => save(made.prepared)}
          onChange={() => {
            setMade(null)
            focusSoon('referral-form-title')
          }}
        />
      ) : (
        <Questions
          {...props}
          {...{ asked, staff, colleagues, busy }}
          onAsked={setAsked}
          onPerson={(person) => setAsked(begin(person))}
          onPrepare={prepare}
          onCancel={cancel}
        />
      )}
      <ErrorMessage why={why} />
    </div>
  )
}

interface QuestionsProps extends ReferralFormProps {
  asked: Asked
  staff: Staff
  colleagues: readonly string[]
  busy: boolean
  onAsked: (asked: Asked) => void
  onPerson: (person: string) => void
  onPrepare: () => void
}

function Questions(props: QuestionsProps) {
  const { loaded, all, own, asked, onAsked, busy, onCancel } = props
  const { say } = own
  const [isTried, setIsTried] = useState(false)
  const set = (part: Partial<Asked>): void => onAsked({ ...asked, ...part })
  const { facts, choices, included, about, heard, heardOthers, way } = asked
  const { answers, missing } = answersIn(asked, all)
  // A letter about somebody accused asks for no help.
  const persons = namedPersons(loaded).filter(({ role }) => role !== 'suspect')
  const { content, receiver } = answers
  const { basis } = choices
  const isLeast = basis === 'life'
  const canRead = receiver.name !== '' && content.fields.length > 0 && openIn(included) === 0
  const submit = (): void => {
    setIsTried(true)
    if (!Object.values(missing).includes(true)) props.onPrepare()
  }
  return (
    <Form onSubmit={submit} onCancel={onCancel}>
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
            ...{ included: [], heard: null, heardOthers: {}, without: NOT_ASKED },
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
      {isUnder18(asked) === 'yes' && (
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
          found={wordsOfCase(loaded)}
          known={knownDetailsOf(loaded, props.colleagues)}
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
      {basis === 'consent' && canRead && (
        <ConsentPart
          {...{ all, own, content, receiver, heard }}
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
      {isTried && <MissingParts own={own} missing={missing} open={openIn(included)} />}
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
