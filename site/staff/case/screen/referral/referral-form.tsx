// Asks for the content, the receiver and the ground for a referral, then makes the file and shows
// it. Nothing leaves before `onSave`, which signs and stores the referral.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { membersWho } from '../../../ledger/read-roster.ts'
import { useNames } from '../../../ledger/use-names.ts'
import { factsOf, knownDetailsOf } from '../../../referral/facts-of.ts'
import { namesInFields } from '../../../referral/find-details.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { useAttempt } from '../../../ui/use-attempt.ts'
import { needWords } from '../../facts/coded-answers.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { isKnownChild } from '../../read/minor-of.ts'
import { helpedPerson, parentsOf, personValue, placeIn } from '../../read/named-persons.ts'
import { newAsked, useAsked, type Asked } from './asked.ts'
import { wholeAnswers } from './missing-answers.ts'
import { PreparedFile } from './prepared-file.tsx'
import { prepareReferral, type PreparedReferral } from './prepared-referral.ts'
import { ReferralQuestions, type Staff } from './questions.tsx'
import { isMoved } from './row-props.ts'

export interface ReferralFormProps {
  loaded: LoadedReport
  /** true when a press opened the form, which then takes the focus */
  isPressed: boolean
  all: readonly ReferralWords[]
  own: ReferralWords
  /** the bundled opener script of a page */
  opener: string
  /** signs and stores the prepared referral */
  onSave: (prepared: PreparedReferral) => Promise<void>
  onCancel: () => void
}

/** A letter to be signed, and the parent whose consent it contains. */
interface Made {
  prepared: PreparedReferral
  letter: Letter
  parent: string
}

function useStaff(): Staff {
  const nameOf = useNames()
  const roster = useWholeLedger()?.roster
  return roster ? membersWho(roster, 'confirmed').map(({ id }) => [id, nameOf(id)] as const) : []
}

/** Returns the initial answers of a new form about a person. */
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
  const kept = draft ?? fresh
  // A colleague may have changed the people in the case since the draft was started.
  const isChild = isKnownChild(loaded, placeIn(kept.person))
  const isParent = parentsOf(loaded, kept.person).some(
    ({ place }) => personValue(place) === kept.parent,
  )
  const asked = {
    ...kept,
    facts: { ...kept.facts, isKnownChild: isChild },
    parent: isParent ? kept.parent : '',
  }
  const [made, setMade] = useState<Made | null>(null)
  // A letter about an adult must be made again once the case records that the person is a child. So
  // must a letter with the consent of somebody who is no longer recorded as a parent.
  const isOld =
    (isChild && made?.prepared.draft.isUnder18 !== 'yes') || made?.parent !== asked.parent
  const shown = isOld ? null : made
  const { busy, why, run } = useAttempt()
  useEffect(() => {
    if (props.isPressed) focusSoon('referral-form-title')
  }, [])
  const colleagues = staff.map(([, name]) => name)
  const known = useMemo(() => knownDetailsOf(loaded, colleagues), [loaded, colleagues.join('\n')])
  const cancel = (): void => {
    setAsked(null)
    props.onCancel()
  }
  const prepare = (): void =>
    run(async () => {
      const { answers } = wholeAnswers(asked, all)
      const result = await prepareReferral(answers, { all, own, opener, me: keys.personId })
      setMade({ ...result, parent: asked.parent })
      focusSoon('referral-preview')
    })
  const save = (prepared: PreparedReferral): void =>
    run(async () => {
      try {
        await onSave(prepared)
      } catch (cause) {
        // The case has changed, so the letter must be made again.
        if (isMoved(cause)) setMade(null)
        throw cause
      }
      setAsked(null)
    })
  return (
    <div class="referral">
      {shown ? (
        <PreparedFile
          own={own}
          {...shown}
          names={namesInFields(shown.prepared.content, known)}
          busy={busy}
          onSave={() => save(shown.prepared)}
          onChange={() => {
            setMade(null)
            focusSoon('referral-form-title')
          }}
        />
      ) : (
        <ReferralQuestions
          {...props}
          {...{ asked, staff, known, busy }}
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
