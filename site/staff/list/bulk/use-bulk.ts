// Provides the actions on many cases: changing them, marking them as read, and tagging them.
import { useRef } from 'preact/hooks'
import { useReplier } from '../../case/write/use-case-writer.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { type Tagging } from '../list-place.ts'
import { asSeen } from '../unread.ts'
import { type ShownList } from '../use-list.ts'
import { changedLines, doneIn, type LeftCase } from './case-outcomes.ts'
import { linesWithout, markSeen, planRead, takeMarksBack, type SetMark } from './mark-seen.ts'
import { planFor, type ListAct } from './plan-bulk.ts'
import { sendBulk } from './send-bulk.ts'
import { tagCases } from './tag-cases.ts'
import { useRunningAct, type RunningAct } from './use-running-act.ts'

interface Bulk extends Omit<RunningAct, 'start'> {
  run: (act: ListAct) => void
  markRead: () => void
  tag: (tagging: Tagging) => void
}

export function useBulk(list: ShownList): Bulk {
  const { nextWriter, me } = useSessionContext()
  const replier = useReplier()
  const { start, ...running } = useRunningAct((left) => list.onSelect(left))
  // Lines may have changed by the time a person undoes an action.
  const latest = useRef(list)
  latest.current = list
  const items = [...list.selected].flatMap((id) => list.lines?.byId.get(id) ?? [])

  const run = (act: ListAct): void => {
    const plans = items.map((item) => ({ item, plan: planFor(item, act) }))
    const left = plans.flatMap(({ item: { id }, plan }) =>
      'left' in plan ? [{ id, why: plan.left }] : [],
    )
    const changes = plans.flatMap(({ item, plan }) =>
      'change' in plan ? [{ item, planned: plan.change }] : [],
    )
    void start(changes.length, left, async (note, signal) => {
      await sendBulk(
        replier(),
        changes.map(({ item, planned }) => ({ id: item.id, planned })),
        (outcomes) => {
          list.replace(changedLines(changes, outcomes, me.id))
          note(outcomes)
        },
        signal,
      )
      return null
    })
  }

  const markRead = (): void => {
    const { unread, left } = planRead(items)
    const set: SetMark[] = []
    void start(unread.length, left, async (note) => {
      await markSeen(unread, (outcomes, marks) => {
        set.push(...marks)
        list.replace(marks.map(({ item }) => asSeen(item)))
        note(outcomes)
      })
      return set.length > 0 ? () => unmark(set, left) : null
    })
  }

  const unmark = (marks: readonly SetMark[], left: readonly LeftCase[]): void =>
    void start(marks.length, left, async (note) => {
      await takeMarksBack(marks, (outcomes) => {
        const { lines, replace } = latest.current
        if (lines) replace(linesWithout(marks, doneIn(outcomes), lines.byId))
        note(outcomes)
      })
      return null
    })

  const tag = ({ tag: word, left: ids, of }: Tagging): void =>
    void start(of, [], async (note, signal) => {
      let left = [...ids]
      list.onTagging({ tag: word, left, of })
      note(Array.from({ length: of - ids.length }, () => ({ id: '', code: null })))
      await tagCases(
        await nextWriter(),
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
      return null
    })

  return { ...running, run, markRead, tag }
}
