// Shows the steps after a departure, with a button that runs the remaining ones in order. Continues
// automatically when letters that were still on their way have arrived.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { signLost, type DamagedKey } from './damaged-keys.ts'
import {
  countLeft,
  damagedKeys,
  isNothing,
  needsKeeper,
  type DepartureStepName,
  type StepsLeft,
} from './step.ts'
import { DepartureSteps, type RunningStep } from './steps.tsx'
import { departureSteps } from './departure.ts'
import { LostKeys } from './lost-keys.tsx'
import type { Awaiting } from './use-awaited.ts'

export interface DepartureProps {
  roster: Roster
  awaiting: Awaiting
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  /**
   * true when the steps start without another press of a button, for example immediately after the
   * removal
   */
  begins: boolean
  onDone: () => void
}

export function DepartureCard(props: DepartureProps) {
  const { t } = useMessages()
  const { names, left, running, damaged, attempt, mayRun, run, signLostKeys } = useDeparture(props)
  const canGoOn = [...left].some(([name, { todo }]) => mayRun(name) && todo > 0)
  return (
    <section class="card departure" aria-labelledby="departure-title">
      <header>
        <h3 id="departure-title">{t('staff.departure.title')}</h3>
      </header>
      <DepartureSteps
        names={names}
        left={left}
        running={running}
        keepersFor={(name) => (mayRun(name) ? null : props.roster)}
      />
      {(left.get('take')?.awaited ?? 0) > 0 && <p>{t('staff.departure.awaits.what')}</p>}
      {damaged.length > 0 && (
        <LostKeys damaged={damaged} busy={attempt.busy} onLost={signLostKeys} />
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

function useDeparture({ roster, awaiting, isKeeper, begins, onDone }: DepartureProps) {
  const { keys, renewKeys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useProof()
  const [left, setLeft] = useState<StepsLeft>(new Map())
  const [running, setRunning] = useState<RunningStep | null>(null)
  const [damaged, setDamaged] = useState<DamagedKey[]>([])
  const hasRun = useRef(false)
  const departing = { keys, nextRoster, nextKeys: async () => (await renewKeys()).keys }
  const steps = departureSteps(departing)
  /** Returns false for a step that only a keeper can take. */
  const mayRun = (name: DepartureStepName): boolean => isKeeper || !needsKeeper(name)
  /**
   * Runs the steps in order. Stops before the step that ends a generation, if that generation is
   * still in use.
   */
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
      const counted = await countLeft(steps, await nextRoster())
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
    // A running step reports its own progress.
    if (attempt.busy) return
    let isOld = false
    const recount = async (): Promise<void> => {
      const counted = await countLeft(steps, roster)
      if (isOld) return
      setLeft(counted)
      const { todo = 0, awaited = 0 } = counted.get('take') ?? {}
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
  /** Signs a statement that the damaged keys are lost, and continues. */
  const signLostKeys = (): void =>
    attempt.run(async () => {
      await signLost(departing, damaged)
      await runAll()
    })
  const names = steps.map(({ name }) => name)
  return { names, left, running, damaged, attempt, mayRun, run, signLostKeys }
}
