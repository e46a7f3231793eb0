// Asks for the receiver, the language of the letter, and the colleague who answers questions on
// behalf of the Foundation.
import { ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { type ReferralWords } from '../../../referral/words.ts'
import { useReceivers } from '../../../session/use-receivers.ts'
import { Field } from '../../../ui/form.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type LetterTerms } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

interface ReceiverFieldsProps {
  all: readonly ReferralWords[]
  own: ReferralWords
  about: LetterTerms
  onAbout: (about: LetterTerms) => void
  lacks: { name: boolean; answers: boolean }
}

export function ReceiverFields({ all, own, about, onAbout, lacks }: ReceiverFieldsProps) {
  const { say } = own
  return (
    <>
      <ListedReceivers {...{ own, about, onAbout }} />
      <Field
        label={say('staff-referral.receiver')}
        value={about.name}
        onInput={(name) => onAbout({ ...about, name, listed: null })}
        mistake={lacks.name ? say('staff-referral.receiver.missing') : null}
      />
      <ChoiceRow
        label={say('staff-referral.receiver')}
        isQuiet
        options={ReceiverKind.options.map(
          (each) => [each, say(`staff-referral.receiver.${each}`)] as const,
        )}
        value={about.kind}
        onChange={(kind) => onAbout({ ...about, kind, listed: null })}
      />
      <ChoiceRow
        label={say('staff-referral.lang')}
        options={all.map(({ lang, name }) => [lang, name] as const)}
        value={about.lang}
        onChange={(lang) => onAbout({ ...about, lang })}
      />
      <Field
        label={say('staff-referral.answers')}
        value={about.answers}
        onInput={(answers) => onAbout({ ...about, answers })}
        mistake={lacks.answers ? say('staff-referral.answers.missing') : null}
      />
    </>
  )
}

/** Offers a reader the listed receivers, and shows how to reach the chosen one. */
function ListedReceivers({
  own,
  about,
  onAbout,
}: Pick<ReceiverFieldsProps, 'own' | 'about' | 'onAbout'>) {
  const { say } = own
  const { receivers } = useReceivers()
  const known = (receivers ?? []).filter(({ record }) => record !== null)
  if (known.length === 0) return null
  const chosen = known.find(({ id }) => id === about.listed?.id)
  const choose = (id: string): void => {
    const found = known.find((each) => each.id === id)
    if (!found?.record) onAbout({ ...about, name: '', listed: null })
    else {
      const { name, kind } = found.record
      onAbout({ ...about, name, kind, listed: { id, recordHash: found.recordHash } })
    }
  }
  return (
    <>
      <SelectField
        label={say('staff-referral.receiver.list')}
        value={chosen?.id ?? ''}
        options={[
          ['', say('staff-referral.receiver.list.other')],
          ...known.map(({ id, record }) => [id, record?.name ?? ''] as const),
        ]}
        onChange={choose}
      />
      {chosen?.doubt && (
        <p class="warning">{say(`staff-referral.receivers.doubt.${chosen.doubt}`)}</p>
      )}
      {chosen?.record?.place && <UntrustedText text={chosen.record.place} />}
      {chosen?.record?.contact && <UntrustedText text={chosen.record.contact} />}
    </>
  )
}
