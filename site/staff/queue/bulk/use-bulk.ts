// Runs an act on many cases, shows how far it has come, and keeps what became of each case.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { QueueItem } from '#protocol/staff/queue'
import { dayOf } from '#protocol/time'
import { noteKnownRows } from '../../api/own-rows.ts'
import { useSeenLedger } from '../../ledger/ledger-context.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { type Tagging } from '../list-place.ts'
import { unreadOf, asSeen } from '../unread.ts'
import { type ShownList } from '../use-list.ts'
import { markSeen } from './mark-seen.ts'
import { afterChange, planFor, type ListAct, type PlannedChange } from './plan-bulk.ts'
import { sendBulk, type CaseOutcome } from './send-bulk.ts'
import { tagCases } from './tag-cases.ts'

/** A case that stays as it was, and the reason. */
export interface LeftCase {
  id: string
  why: ErrorCode | 'already' | 'unread'
}

export interface BulkResult {
  done: number
  left: readonly LeftCase[]
  /** the reason why the act stopped before its end; null for an act that went on */
  why: unknown
}

export interface Bulk {
  /** cases that the running act has settled, and all of them; null while none runs */
  progress: { done: number; of: number } | null
  /** the result of the last act; null before one */
  result: BulkResult | null
  run: (act: ListAct) => void
  markRead: () => void
  tag: (tagging: Tagging) => void
  stop: () => void
  /** takes the result away */
  dismiss: () => void
}

export function useBulk(list: ShownList): Bulk {
  const { keys, onSignedOut } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const [progress, setProgress] = useState<Bulk['progress']>(null)
  const [result, setResult] = useState<BulkResult | null>(null)
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const items = [...list.selected].flatMap((id) => list.lines?.byId.get(id) ?? [])

  /** Runs an act that reports outcomes. `left` are the cases that it does not touch. */
  const start = async (
    of: number,
    left: readonly LeftCase[],
    work: (note: (outcomes: readonly CaseOutcome[]) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    if (progress) return
    stopping.current = new AbortController()
    const { signal } = stopping.current
    let now: BulkResult = { done: 0, left, why: null }
    let settled = 0
    setProgress({ done: 0, of })
    setResult(null)
    const note = (outcomes: readonly CaseOutcome[]): void => {
      settled += outcomes.length
      now = withOutcomes(now, outcomes)
      setProgress({ done: settled, of })
    }
    try {
      await work(note, signal)
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'signed_out') onSignedOut(thrown)
      else if (!signal.aborted) now = { ...now, why: thrown }
    } finally {
      setProgress(null)
      setResult(now)
      // The cases that were left stay chosen, so that the act can be repeated for them.
      list.onSelect(new Set(now.left.map(({ id }) => id)))
    }
  }

  const run = (act: ListAct): void => {
    const plans = items.map((item) => ({ item, plan: planFor(item, act) }))
    const left = plans.flatMap(({ item: { id }, plan }) =>
      'left' in plan ? [{ id, why: plan.left }] : [],
    )
    const changes = plans.flatMap(({ item, plan }) =>
      'change' in plan ? [{ item, planned: plan.change }] : [],
    )
    void start(changes.length, left, (note, signal) =>
      sendBulk(
        keys,
        changes.map(({ item, planned }) => ({ id: item.id, planned })),
        (outcomes) => {
          list.replace(changedLines(changes, outcomes))
          note(outcomes)
        },
        signal,
      ),
    )
  }

  const markRead = (): void => {
    const unread = items.filter((item) => unreadOf(item) !== null)
    void start(unread.length, [], (note) =>
      markSeen(unread, (outcomes) => {
        const done = new Set(doneIn(outcomes))
        list.replace(unread.filter(({ id }) => done.has(id)).map(asSeen))
        note(outcomes)
      }),
    )
  }

  const tag = ({ tag: word, left: ids, of }: Tagging): void =>
    void start(of, [], async (note, signal) => {
      let left = [...ids]
      list.onTagging({ tag: word, left, of })
      note(Array.from({ length: of - ids.length }, () => ({ id: '', code: null })))
      const by = { keys, roster: await nextRoster() }
      await tagCases(
        by,
        { tag: word, ids },
        (outcome) => {
          left = left.filter((id) => id !== outcome.id)
          list.onTagging(left.length > 0 ? { tag: word, left, of } : null)
          if (outcome.code === null) list.index.refresh(outcome.id)
          note([outcome])
        },
        signal,
      )
      list.onTagging(null)
    })

  const stop = (): void => stopping.current.abort()
  return { progress, result, run, markRead, tag, stop, dismiss: () => setResult(null) }
}

const doneIn = (outcomes: readonly CaseOutcome[]): string[] =>
  outcomes.flatMap(({ id, code }) => (code === null ? [id] : []))

const withOutcomes = (
  { done, left, why }: BulkResult,
  outcomes: readonly CaseOutcome[],
): BulkResult => ({
  why,
  done: done + doneIn(outcomes).length,
  left: [...left, ...outcomes.flatMap(({ id, code }) => (code ? [{ id, why: code }] : []))],
})

interface Changed {
  item: QueueItem
  planned: PlannedChange
}

/** Returns the lines that changed. A case that had no other news has none after the own act. */
function changedLines(changes: readonly Changed[], outcomes: readonly CaseOutcome[]): QueueItem[] {
  const done = new Set(doneIn(outcomes))
  return changes.flatMap(({ item, planned }) => {
    if (!done.has(item.id)) return []
    const after = afterChange(item, planned, dayOf(Date.now()))
    if (unreadOf(item) === null && item.seen) noteKnownRows(item.id, after.rows)
    return [after]
  })
}
