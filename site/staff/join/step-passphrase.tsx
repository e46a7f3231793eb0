import { useState } from 'preact/hooks'
import { isEnough, MIN_PASSPHRASE, strengthOf } from '../keys/passphrase-strength.ts'
import { Door } from '../parts/door.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { useWords } from '../words.tsx'

interface StepPassphraseProps {
  /** the passkey made no slot, which is explained here */
  withoutPrf: boolean
  onPassphrase: (passphrase: string) => void
}

/** A passphrase, typed twice. */
export function StepPassphrase({ withoutPrf, onPassphrase }: StepPassphraseProps) {
  const { t } = useWords()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [mistakes, setMistakes] = useState<{ first?: string; again?: string }>({})
  const strength = strengthOf(passphrase)
  const said = t(`staff.passphrase.${strength}`, { n: MIN_PASSPHRASE })
  const check = (): void => {
    if (!isEnough(strength)) setMistakes({ first: said })
    else if (passphrase !== again) setMistakes({ again: t('staff.passphrase.differ') })
    else onPassphrase(passphrase)
  }
  return (
    <Door title={t('staff.join.passphrase.title')} step={t('staff.join.step', { n: 3 })}>
      {withoutPrf && <p class="note">{t('staff.join.without_prf')}</p>}
      <p>{t('staff.join.passphrase.lead')}</p>
      <Form onSubmit={check}>
        <Field
          label={t('staff.passphrase')}
          hint={t('staff.join.passphrase.hint', { n: MIN_PASSPHRASE })}
          mistake={mistakes.first ?? null}
          value={passphrase}
          onInput={(text) => {
            setPassphrase(text)
            setMistakes({})
          }}
          autocomplete="new-password"
          secret
        />
        <p class={isEnough(strength) ? 'strength is-enough' : 'strength'} role="status">
          {passphrase && !mistakes.first && said}
        </p>
        <Field
          label={t('staff.passphrase.again')}
          mistake={mistakes.again ?? null}
          value={again}
          onInput={(text) => {
            setAgain(text)
            setMistakes({})
          }}
          autocomplete="new-password"
          secret
        />
        <button type="submit" class="go">
          {t('staff.next')}
        </button>
      </Form>
    </Door>
  )
}
