// Shows the steps after somebody left, runs what is left of them, and says what is done.
import { useEffect, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { dayNumber } from '#protocol/time'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { departureSteps, type DepartureStepName } from './departure.ts'
import { isDepartureOpen } from './departure-state.ts'
import { keepersIn } from './key-facts.ts'

interface DepartureProps {
  roster: Roster
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  /** true when the steps begin without another press, as right after the removal */
  begins: boolean
  onDone: () => void
}

/** The steps that need a keeper. */
const OF_KEEPERS: readonly DepartureStepName[] = ['epoch', 'retire']

interface RunningStep {
  name: DepartureStepName
  done: number
  of: number
}

export function DepartureCard({ roster, isKeeper, begins, onDone }: DepartureProps) {
  const { t } = useMessages()
  const { keys, renewKeys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useProof()
  const [left, setLeft] = useState<ReadonlyMap<DepartureStepName, number>>(new Map())
  const [running, setRunning] = useState<RunningStep | null>(null)
  const steps = departureSteps({ keys, nextRoster, nextKeys: renewKeys })
  const mayRun = (name: DepartureStepName): boolean => isKeeper || !OF_KEEPERS.includes(name)
  useEffect(() => {
    // The act counts for itself while it runs.
    if (attempt.busy) return
    let isOld = false
    void Promise.all(
      steps.map(async ({ name, remaining }) => [name, await remaining(roster)] as const),
    )
      .then((counted) => !isOld && setLeft(new Map(counted)))
      .catch(() => undefined)
    return () => void (isOld = true)
  }, [roster, attempt.busy])

  const run = (): void =>
    attempt.run(async () => {
      try {
        for (const { name, ...step } of steps) {
          if (!mayRun(name)) continue
          const of = await step.remaining(await nextRoster())
          setRunning({ name, done: 0, of })
          await step.run((done) => setRunning({ name, done, of }))
          setLeft((counted) => new Map(counted).set(name, 0))
        }
        if (!isDepartureOpen(await nextRoster())) onDone()
      } finally {
        setRunning(null)
      }
    })
  useEffect(() => {
    if (begins) run()
  }, [])
  const isDone = (name: DepartureStepName): boolean =>
    left.get(name) === 0 && running?.name !== name
  const done = steps.filter(({ name }) => isDone(name)).length
  const canGoOn = steps.some(({ name }) => mayRun(name) && !isDone(name))
  return (
    <section class="card departure" aria-labelledby="departure-title">
      <header>
        <h3 id="departure-title">{t('staff.departure.title')}</h3>
      </header>
      <ol class="steps">
        {steps.map(({ name }) => (
          <li
            key={name}
            class={isDone(name) ? 'is-done' : undefined}
            aria-current={running?.name === name ? 'step' : undefined}
          >
            <span>{t(`staff.departure.step.${name}`)}</span>{' '}
            <StepState
              isDone={isDone(name)}
              running={running?.name === name ? running : null}
              keepers={mayRun(name) ? null : roster}
            />
          </li>
        ))}
      </ol>
      <div class="steps-done">
        <progress max={steps.length} value={done} aria-labelledby="departure-title" />
        <p role="status">{t('staff.departure.progress', { done, of: steps.length })}</p>
      </div>
      {attempt.question ??
        (canGoOn && (
          <div class="verbs">
            <button type="button" class="go" aria-disabled={attempt.busy} onClick={run}>
              {t('staff.departure.run')}
            </button>
          </div>
        ))}
      <ErrorMessage why={attempt.why} />
    </section>
  )
}

interface StepStateProps {
  isDone: boolean
  /** null unless this step is running */
  running: RunningStep | null
  /** the roster with the keepers for whom the step waits; null for a step of this person */
  keepers: Roster | null
}

function StepState({ isDone, running, keepers }: StepStateProps) {
  const { t } = useMessages()
  const { names } = useSeenLedger()
  if (isDone) return <b>{t('staff.departure.done')}</b>
  if (running)
    return (
      <b>
        {t('staff.departure.runs')}
        {running.of > 1 && ` ${running.done} / ${running.of}`}
      </b>
    )
  const today = dayNumber(Date.now())
  const waitsFor = (keepers ? keepersIn(keepers) : [])
    .filter(({ lastDay }) => lastDay >= today)
    .map(({ member }) => names.get(member.id) ?? t('staff.ledger.nobody'))
  if (waitsFor.length === 0) return <b>{t('staff.departure.todo')}</b>
  return <b dir="auto">{t('staff.departure.waits', { names: waitsFor.join(', ') })}</b>
}
