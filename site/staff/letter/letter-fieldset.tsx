// Shows the questions of a letter in the order of a telephone call: danger, words, then the way to
// reply.
import { Refusal } from '#protocol/errors'
import { MAX_FIELD_CHARS, MAX_TEXT_BYTES } from '#protocol/limits'
import { utf8 } from '#protocol/bytes'
import { CONSENTS } from '#protocol/report/plain-report'
import { kindKey } from '../case/read/kind-key.ts'
import { CONTACT_FIELDS, LETTER_KINDS, type LetterFields } from '../case/write/letter-form.ts'
import { useMessages } from '../i18n/messages.tsx'
import { Field, lettersIn } from '../ui/form.tsx'
import { LanguageChoice } from '../ui/language-choice.tsx'
import { PeopleFields } from './people-fields.tsx'
import { Tick } from '../ui/tick.tsx'

interface LetterFieldsetProps {
  letter: LetterFields
  /** true after an attempt to store the letter without words */
  lacksText: boolean
  onChange: (part: Partial<LetterFields>) => void
}

export function LetterFieldset({ letter, lacksText, onChange }: LetterFieldsetProps) {
  const { t, sentence } = useMessages()
  const over = utf8(letter.text).length - MAX_TEXT_BYTES
  return (
    <div class="letter-fields">
      <Tick
        label={t('staff.letter.danger')}
        isOn={letter.danger}
        onChange={(danger) => onChange({ danger })}
      />
      <fieldset>
        <legend>{t('staff.letter.kind')}</legend>
        {LETTER_KINDS.map((kind) => (
          <label key={kind} class="choice">
            <input
              type="radio"
              name="kind"
              checked={letter.kind === kind}
              onChange={() => onChange({ kind })}
            />
            <span>{t(kindKey(kind))}</span>
          </label>
        ))}
      </fieldset>
      <Field
        label={t('staff.letter.text')}
        hint={t('staff.letter.text.hint')}
        value={letter.text}
        onInput={(text) => onChange({ text })}
        rows={8}
        mistake={
          over > 0
            ? t('staff.answer.too_long', { n: lettersIn(over) })
            : lacksText
              ? sentence(new Refusal('text_empty'))
              : null
        }
      />
      <LanguageChoice
        label={t('staff.letter.lang')}
        lang={letter.lang}
        onChange={(lang) => onChange({ lang })}
      />
      <Field
        label={t('staff.letter.place')}
        value={letter.place}
        onInput={(place) => onChange({ place })}
        maxLength={MAX_FIELD_CHARS}
      />
      <PeopleFields letter={letter} onChange={onChange} />
      <fieldset>
        <legend>{t('staff.letter.contact')}</legend>
        {CONTACT_FIELDS.map((field) => (
          <Field
            key={field}
            label={t(`staff.contact.${field}`)}
            value={letter.contact[field]}
            onInput={(words) => onChange({ contact: { ...letter.contact, [field]: words } })}
            maxLength={MAX_FIELD_CHARS}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('staff.letter.consent')}</legend>
        {[...CONSENTS, null].map((consent) => (
          <label key={consent} class="choice">
            <input
              type="radio"
              name="consent"
              checked={letter.consent === consent}
              onChange={() => onChange({ consent })}
            />
            <span>{t(`staff.consent.${consent ?? 'unsaid'}`)}</span>
          </label>
        ))}
      </fieldset>
      <Tick
        label={t('staff.letter.wants_number')}
        isOn={letter.hasNumber}
        onChange={(hasNumber) => onChange({ hasNumber })}
      />
    </div>
  )
}
