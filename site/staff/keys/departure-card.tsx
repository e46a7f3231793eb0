// Shows the steps after somebody left, runs what is left of them, and says what is done.
import { useEffect, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { departureSteps, type DepartureStepName } from './departure.ts'

interface DepartureProps {
  roster: Roster
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  /** true right after the removal, so that the steps begin without another press */
  begins: boolean
  onDone: () => void
}

/** The steps that need a keeper. */
const OF_KEEPERS: readonly DepartureStepName[] = ['epoch', 'retire']

export function DepartureCard({ roster, isKeeper, begins, onDone }: DepartureProps) {
  const { t } = useMessages()
  const { keys, renewKeys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useProof()
  const [left, setLeft] = useState<ReadonlyMap<DepartureStepName, number>>(new Map())
  const [part, setPart] = useState<{ done: number; of: number } | null>(null)
  const steps = departureSteps({ keys, nextRoster, nextKeys: renewKeys })
  useEffect(() => {
    void Promise.all(
      steps.map(async ({ name, remaining }) => [name, await remaining(roster)] as const),
    )
      .then((counted) => setLeft(new Map(counted)))
      .catch(() => undefined)
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
  useEffect(() => {
    if (begins) run()
  }, [])
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
      {attempt.question ?? (
        <div class="verbs">
          <button type="button" class="go" aria-disabled={attempt.busy} onClick={run}>
            {t('staff.departure.run')}
          </button>
        </div>
      )}
      <ErrorMessage why={attempt.why} />
    </section>
  )
}
