// Shows the steps after somebody left, runs what is left of them, and says what is done. Goes on by
// itself when letters that were on their way have come in.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { signLost, type DamagedKey } from '../rotate/damaged-keys.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { damagedKeys, departureSteps, isNothing, type DepartureStepName } from './departure.ts'
import { DepartureSteps, type RunningStep, type StepsLeft } from './departure-steps.tsx'
import { LostKeys } from './lost-keys.tsx'
import { type Awaiting } from './use-awaited.ts'

interface DepartureProps {
  roster: Roster
  awaiting: Awaiting
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  /** true when the steps begin without another press, as right after the removal */
  begins: boolean
  onDone: () => void
}

/** The steps that need a keeper. */
const OF_KEEPERS: readonly DepartureStepName[] = ['epoch', 'retire']

export function DepartureCard({ roster, awaiting, isKeeper, begins, onDone }: DepartureProps) {
  const { t } = useMessages()
  const { keys, renewKeys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useProof()
  const [left, setLeft] = useState<StepsLeft>(new Map())
  const [running, setRunning] = useState<RunningStep | null>(null)
  const [damaged, setDamaged] = useState<DamagedKey[]>([])
  const hasRun = useRef(false)
  const departing = { keys, nextRoster, nextKeys: renewKeys }
  const steps = departureSteps(departing)
  const mayRun = (name: DepartureStepName): boolean => isKeeper || !OF_KEEPERS.includes(name)
  const count = async (now: Roster): Promise<StepsLeft> =>
    new Map(
      await Promise.all(
        steps.map(async ({ name, remaining }) => [name, await remaining(now)] as const),
      ),
    )
  /** Runs the steps in their order. Stops before the end of a generation that is still in use. */
  const runSteps = async (): Promise<void> => {
    for (const { name, ...step } of steps) {
      if (!mayRun(name)) continue
      const { todo } = await step.remaining(await nextRoster())
      if (todo > 0) {
        setRunning({ name, done: 0, of: todo })
        await step.run((done) => setRunning({ name, done, of: todo }))
      }
      const after = await step.remaining(await nextRoster())
      setLeft((counted) => new Map(counted).set(name, after))
      if (name !== 'rewrap') continue
      setDamaged(after.todo > 0 ? await damagedKeys(departing) : [])
      if (after.todo > 0) return
    }
  }
  const runAll = async (): Promise<void> => {
    hasRun.current = true
    try {
      await runSteps()
      const counted = await count(await nextRoster())
      setLeft(counted)
      if ([...counted.values()].every(isNothing)) onDone()
    } finally {
      setRunning(null)
      awaiting.ask()
    }
  }
  const run = (): void => attempt.run(runAll)
  const waitingBefore = useRef(0)
  useEffect(() => {
    // The act counts for itself while it runs.
    if (attempt.busy) return
    let isOld = false
    const recount = async (): Promise<void> => {
      const counted = await count(roster)
      if (isOld) return
      setLeft(counted)
      const { todo = 0, awaited = 0 } = counted.get('take_in') ?? {}
      const hasCome = awaited < waitingBefore.current
      waitingBefore.current = awaited
      if (hasRun.current && hasCome && todo > 0) run()
    }
    void recount().catch(() => undefined)
    return () => void (isOld = true)
  }, [roster, awaiting.letters, attempt.busy])
  useEffect(() => {
    if (begins) run()
  }, [])
  const canGoOn = [...left].some(([name, { todo }]) => mayRun(name) && todo > 0)
  return (
    <section class="card departure" aria-labelledby="departure-title">
      <header>
        <h3 id="departure-title">{t('staff.departure.title')}</h3>
      </header>
      <DepartureSteps
        names={steps.map(({ name }) => name)}
        left={left}
        running={running}
        keepersFor={(name) => (mayRun(name) ? null : roster)}
      />
      {(left.get('take_in')?.awaited ?? 0) > 0 && <p>{t('staff.departure.awaits.what')}</p>}
      {damaged.length > 0 && (
        <LostKeys
          damaged={damaged}
          busy={attempt.busy}
          onLost={() =>
            attempt.run(async () => {
              await signLost(departing, damaged)
              await runAll()
            })
          }
        />
      )}
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
