import { useMessages } from '../i18n/messages.tsx'

const STEPS = [1, 2, 3, 4] as const

/** Explains a test letter on the way that a person in danger takes, on the public site. */
export function LetterSteps({ isOpen }: { isOpen: boolean }) {
  const { t } = useMessages()
  return (
    <details open={isOpen}>
      <summary>{t('staff.first.letter.how')}</summary>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{t(`staff.first.letter.${step}`)}</li>
        ))}
      </ol>
    </details>
  )
}
