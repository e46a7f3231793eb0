// Shows the steps after somebody left, runs what is left of them, and says what is done.
import { useEffect, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { departureSteps, type DepartureStepName } from './departure.ts'

interface DepartureProps {
  roster: Roster
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  onDone: () => void
}

/** The steps that need a keeper. */
const OF_KEEPERS: readonly DepartureStepName[] = ['epoch', 'retire']

export function DepartureCard({ roster, isKeeper, onDone }: DepartureProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useSessionAttempt()
  const [left, setLeft] = useState<ReadonlyMap<DepartureStepName, number>>(new Map())
  const [part, setPart] = useState<{ done: number; of: number } | null>(null)
  const steps = departureSteps({ keys, nextRoster })
  useEffect(() => {
    void Promise.all(
      steps.map(async ({ name, remaining }) => [name, await remaining(roster)] as const),
    ).then((counted) => setLeft(new Map(counted)))
  }, [roster])

  const run = (): void =>
    attempt.run(async () => {
      try {
        for (const step of steps) {
          if (!isKeeper && OF_KEEPERS.includes(step.name)) continue
          const of = await step.remaining(await nextRoster())
          setPart({ done: 0, of })
          await step.run((done) => setPart({ done, of }))
        }
        onDone()
      } finally {
        setPart(null)
      }
    })
  const done = steps.filter(({ name }) => left.get(name) === 0).length
  return (
    <section class="card departure" aria-labelledby="departure-title">
      <header>
        <h3 id="departure-title">{t('staff.departure.title')}</h3>
      </header>
      <ol>
        {steps.map(({ name }) => (
          <li key={name}>
            {t(`staff.departure.step.${name}`)}:{' '}
            <b>{t(left.get(name) === 0 ? 'staff.departure.done' : 'staff.departure.todo')}</b>
          </li>
        ))}
      </ol>
      <progress max={steps.length} value={done} aria-labelledby="departure-title" />
      <p role="status">
        {t('staff.departure.progress', { done, of: steps.length })}
        {part && part.of > 1 && ` ${part.done} / ${part.of}`}
      </p>
      <div class="verbs">
        <button type="button" class="go" aria-disabled={attempt.busy} onClick={run}>
          {t('staff.departure.run')}
        </button>
      </div>
      <ErrorMessage why={attempt.why} />
    </section>
  )
}
