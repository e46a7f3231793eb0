import type { HelpWords } from '../i18n/help-words.ts'

const STEPS = [1, 2, 3, 4] as const

/**
 * Explains how to send a test letter from the public site. Sending it also tests the phone and the
 * network.
 */
export function LetterSteps({ help }: Pick<HelpWords, 'help'>) {
  return (
    <details>
      <summary>{help('staff-help.letter')}</summary>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{help(`staff-help.letter.${step}`)}</li>
        ))}
      </ol>
    </details>
  )
}
