// Asks for the receiver, the language of the letter, and the colleague who answers for the
// Foundation.
import { ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { type ReferralWords } from '../../../referral/words.ts'
import { Field } from '../../../ui/form.tsx'
import { type LetterTerms } from './asked.ts'
import { ChoiceRow } from './choice-row.tsx'

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
      <Field
        label={say('staff-referral.receiver')}
        value={about.name}
        onInput={(name) => onAbout({ ...about, name })}
        mistake={lacks.name ? say('staff-referral.receiver.missing') : null}
      />
      <ChoiceRow
        label={say('staff-referral.receiver')}
        isQuiet
        options={ReceiverKind.options.map(
          (each) => [each, say(`staff-referral.receiver.${each}`)] as const,
        )}
        value={about.kind}
        onChange={(kind) => onAbout({ ...about, kind })}
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
