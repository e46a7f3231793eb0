import { useState } from 'preact/hooks'
import { Field, Form } from '../ui/form.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { useMessages } from '../i18n/messages.tsx'

const MIN_PASSPHRASE = 12
const GOOD_PASSPHRASE = 20
const MIN_DIFFERENT = 6

type Strength = 'short' | 'same' | 'enough' | 'good'

/**
 * Only the length and the number of different characters matter, because a printed secret of 128
 * bits accompanies the passphrase.
 */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase.normalize('NFC').trim()]
  if (letters.length < MIN_PASSPHRASE) return 'short'
  if (new Set(letters).size < MIN_DIFFERENT) return 'same'
  return letters.length < GOOD_PASSPHRASE ? 'enough' : 'good'
}

const isEnough = (strength: Strength): boolean => strength === 'enough' || strength === 'good'

interface StepPassphraseProps {
  frame: Frame
  /** true when the passkey has no slot; the screen then explains why */
  withoutPrf: boolean
  onPassphrase: (passphrase: string) => void
}

/** Asks for a passphrase twice. */
export function StepPassphrase({ frame, withoutPrf, onPassphrase }: StepPassphraseProps) {
  const { t } = useMessages()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [mistakes, setMistakes] = useState<{ first?: string; again?: string }>({})
  const strength = strengthOf(passphrase)
  const rating = t(`staff.passphrase.${strength}`, { n: MIN_PASSPHRASE })
  const check = (): void => {
    if (!isEnough(strength)) setMistakes({ first: rating })
    else if (passphrase !== again) setMistakes({ again: t('staff.passphrase.differ') })
    else onPassphrase(passphrase)
  }
  return frame(
    t('staff.join.passphrase.title'),
    <>
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
          {passphrase && !mistakes.first && rating}
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
    </>,
  )
}
