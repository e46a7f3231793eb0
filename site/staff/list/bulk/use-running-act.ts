// Runs one action on many cases at a time, shows its progress, and keeps its result.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { useSessionContext } from '../../session/session-context.ts'
import { withOutcomes, type BulkResult, type LeftCase } from './case-outcomes.ts'
import { type CaseOutcome } from './send-bulk.ts'

/** Undoes an action; null for an action that cannot be undone here. */
type Undo = BulkResult['undo']
type NoteOutcomes = (outcomes: readonly CaseOutcome[]) => void

export interface RunningAct {
  /**
   * number of cases for which the running action has an outcome, and the total; null while no
   * action runs
   */
  progress: { done: number; of: number } | null
  /** the result of the last action; null if there was none */
  result: BulkResult | null
  /**
   * Runs an action that reports outcomes, and may return a function that undoes it. `left` contains
   * the cases that the action leaves unchanged.
   */
  start: (
    of: number,
    left: readonly LeftCase[],
    work: (note: NoteOutcomes, signal: AbortSignal) => Promise<Undo>,
  ) => Promise<void>
  stop: () => void
  /** removes the result */
  dismiss: () => void
}

/** @param onLeft  receives the ids of the cases that the action left unchanged */
export function useRunningAct(onLeft: (ids: ReadonlySet<string>) => void): RunningAct {
  const { onSignedOut } = useSessionContext()
  const [progress, setProgress] = useState<RunningAct['progress']>(null)
  const [result, setResult] = useState<BulkResult | null>(null)
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])

  const start: RunningAct['start'] = async (of, left, work) => {
    if (progress) return
    stopping.current = new AbortController()
    const { signal } = stopping.current
    let now: BulkResult = { done: 0, left, why: null, undo: null }
    let settled = 0
    setProgress({ done: 0, of })
    setResult(null)
    const note: NoteOutcomes = (outcomes) => {
      settled += outcomes.length
      now = withOutcomes(now, outcomes)
      setProgress({ done: settled, of })
    }
    try {
      const undo = await work(note, signal)
      now = { ...now, undo }
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'signed_out') onSignedOut(thrown)
      else if (!signal.aborted) now = { ...now, why: thrown }
    } finally {
      setProgress(null)
      setResult(now)
      // The unchanged cases remain selected, so that the action can be repeated for them.
      onLeft(new Set(now.left.map(({ id }) => id)))
    }
  }

  const stop = (): void => stopping.current.abort()
  return { progress, result, start, stop, dismiss: () => setResult(null) }
}
