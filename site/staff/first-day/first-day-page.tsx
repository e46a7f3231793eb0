// Shows what to do before the first report arrives, and explains the two lanes. The text is taken
// from the help page about the first day.
import { FIRST_STEPS, type FirstStep } from '#protocol/staff/people/own-settings'
import { dayNumber } from '#protocol/time'
import type { HelpWords } from '../i18n/help-words.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { type HeldSettings } from '../session/use-own-settings.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { WithHelpWords } from '../ui/with-help-words.tsx'
import { doneSteps, isOfRoster } from '../session/first-steps.ts'
import { HideReminder } from './hide-reminder.tsx'
import { LetterSteps } from './letter-steps.tsx'
import { TestLetter, type TestLetterProps } from './test-letter.tsx'

interface FirstDayPageProps {
  held: HeldSettings
  onBack: () => void
  hasList: boolean
  /** called after a test letter has been stored, or to open it */
  letter: Omit<TestLetterProps, 'isNext'>
  /** opens the screen for a step; null if the person may not use that screen */
  ways: Record<Exclude<FirstStep, 'letter'>, (() => void) | null>
}

export function FirstDayPage({ onBack, hasList, ...steps }: FirstDayPageProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  return (
    <ScreenPage title={t('staff.first.title', { name: me.name })} onBack={hasList ? onBack : null}>
      <WithHelpWords>{(words) => <FirstSteps words={words} {...steps} />}</WithHelpWords>
    </ScreenPage>
  )
}

interface FirstStepsProps extends Pick<FirstDayPageProps, 'held' | 'ways' | 'letter'> {
  words: HelpWords
}

function FirstSteps({ words: { help }, ...props }: FirstStepsProps) {
  const { held, ways, letter } = props
  const { t } = useMessages()
  const { me } = useSessionContext()
  const roster = useWholeLedger()?.roster ?? null
  const { settings, change, busy, why } = held
  // The edge accepts entered letters only from readers.
  const canSend = me.roles.includes('intake')
  const done = doneSteps(settings, roster, dayNumber(Date.now()))
  const next = FIRST_STEPS.find((step) => !done.includes(step))
  const tick = (step: FirstStep): void =>
    change({
      done: settings.done.includes(step)
        ? settings.done.filter((each) => each !== step)
        : [...settings.done, step],
    })
  return (
    <>
      <p>{help('staff-help.first.lead')}</p>
      <ol class="first-steps">
        {FIRST_STEPS.map((step, n) => (
          <li
            key={step}
            class={done.includes(step) ? 'is-done' : undefined}
            aria-current={step === next ? 'step' : undefined}
          >
            <span class="first-number" aria-hidden="true">
              {done.includes(step) ? <Tick /> : n + 1}
            </span>
            <div>
              <h3>
                {help(`staff-help.first.${step}`)}
                {done.includes(step) && <span class="mark">{t('staff.first.done')}</span>}
              </h3>
              {!done.includes(step) && <p>{help(`staff-help.first.${step}.more`)}</p>}
              {step === 'letter' && (
                <>
                  {canSend && <TestLetter isNext={step === next} {...letter} />}
                  <LetterSteps help={help} />
                </>
              )}
              <div class="verbs">
                <StepWay step={step} ways={ways} isNext={step === next} />
                {!isOfRoster(step) && (
                  <button type="button" aria-disabled={busy} onClick={() => tick(step)}>
                    {t(done.includes(step) ? 'staff.first.undo' : 'staff.first.tick')}
                  </button>
                )}
              </div>
            </div>
          </li>
        ))}
      </ol>
      <ErrorMessage why={why} />
      <section aria-labelledby="lanes-title">
        <h3 id="lanes-title">{help('staff-help.lanes')}</h3>
        <dl class="first-lanes">
          {(['a', 'b'] as const).map((lane) => (
            <div key={lane} class="card">
              <dt>{help(`staff-help.lane.${lane}`)}</dt>
              <dd>{help(`staff-help.lane.${lane}.means`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <HideReminder held={held} />
    </>
  )
}

interface StepWayProps extends Pick<FirstDayPageProps, 'ways'> {
  step: FirstStep
  isNext: boolean
}

function StepWay({ step, ways, isNext }: StepWayProps) {
  const { t } = useMessages()
  if (step === 'letter') return null
  const way = ways[step]
  if (!way) return null
  return (
    <button type="button" class={isNext ? 'go' : undefined} onClick={way}>
      {t(`staff.first.${step}.go`)}
    </button>
  )
}

const Tick = () => (
  <svg viewBox="0 0 16 16">
    <path d="m2.5 8.5 3.5 3.5 7.5-8" />
  </svg>
)
