import { useMessages } from '../i18n/messages.tsx'

const STEPS = [1, 2, 3, 4] as const

/** Explains a test letter from the public site, which also tries the phone and the network. */
export function LetterSteps() {
  const { t } = useMessages()
  return (
    <details>
      <summary>{t('staff.first.letter.how')}</summary>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{t(`staff.first.letter.${step}`)}</li>
        ))}
      </ol>
    </details>
  )
}
