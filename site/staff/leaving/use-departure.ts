// Counts what the steps after somebody left have to do, and runs them in their order. Goes on by
// itself when letters that were on their way have come in.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof, type ProvenAttempt } from '../session/use-proof.tsx'
import { signLost, type DamagedKey } from './damaged-keys.ts'
import {
  countLeft,
  damagedKeys,
  isNothing,
  needsKeeper,
  type DepartureStepName,
  type StepsLeft,
} from './departure-step.ts'
import { type RunningStep } from './departure-steps.tsx'
import { departureSteps } from './departure.ts'
import { type Awaiting } from './use-awaited.ts'

export interface DepartureProps {
  roster: Roster
  awaiting: Awaiting
  /** false for a person who cannot open an epoch */
  isKeeper: boolean
  /** true when the steps begin without another press, as right after the removal */
  begins: boolean
  onDone: () => void
}

interface Departure {
  names: readonly DepartureStepName[]
  left: StepsLeft
  /** null while no step runs */
  running: RunningStep | null
  /** case keys that the re-wrapping could not open */
  damaged: readonly DamagedKey[]
  attempt: ProvenAttempt
  /** false for a step that waits for a keeper */
  mayRun: (name: DepartureStepName) => boolean
  run: () => void
  /** signs that the damaged keys are lost, and goes on */
  signLostKeys: () => void
}

export function useDeparture({
  roster,
  awaiting,
  isKeeper,
  begins,
  onDone,
}: DepartureProps): Departure {
  const { keys, renewKeys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const attempt = useProof()
  const [left, setLeft] = useState<StepsLeft>(new Map())
  const [running, setRunning] = useState<RunningStep | null>(null)
  const [damaged, setDamaged] = useState<DamagedKey[]>([])
  const hasRun = useRef(false)
  const departing = { keys, nextRoster, nextKeys: async () => (await renewKeys()).keys }
  const steps = departureSteps(departing)
  const mayRun = (name: DepartureStepName): boolean => isKeeper || !needsKeeper(name)
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
    // The act counts for itself while it runs.
    if (attempt.busy) return
    let isOld = false
    const recount = async (): Promise<void> => {
      const counted = await countLeft(steps, roster)
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
  const signLostKeys = (): void =>
    attempt.run(async () => {
      await signLost(departing, damaged)
      await runAll()
    })
  const names = steps.map(({ name }) => name)
  return { names, left, running, damaged, attempt, mayRun, run, signLostKeys }
}
