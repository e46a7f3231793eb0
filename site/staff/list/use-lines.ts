// Loads all lines of the list: the first page immediately and the rest in the background. A refresh
// loads only the changes. Lines change only when the person asks, so that nothing moves under a
// finger.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import type { QueueItem } from '#protocol/staff/list/queue'
import { dayOfLoad, fetchChanges } from '../api/changed-lines.ts'
import { fetchCounts, fetchLongPage, fetchQueue } from '../api/list-api.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { firstLines, hasEach, withChanges, withLines, withPage, type Lines } from './lines.ts'

export interface LoadedLines {
  /** null until the first page is loaded */
  lines: Lines | null
  attempt: Attempt
  /** the reason why the remaining lines did not arrive; null while there is no fault */
  restWhy: unknown
  /** loads the news */
  reload: () => void
  /** fetches the remaining lines again */
  goOn: () => void
  /** replaces changed lines without moving them */
  replace: (items: readonly QueueItem[]) => void
}

export function useLines(): LoadedLines {
  const { me, onSignedOut } = useSessionContext()
  const attempt = useSessionAttempt()
  const [lines, setLines] = useState<Lines | null>(null)
  const [restWhy, setRestWhy] = useState<unknown>(null)
  const current = useRef(lines)
  current.current = lines
  // A newer load, or leaving the workspace, cancels an older load.
  const newest = useRef(0)
  useEffect(() => () => void (newest.current = -1), [])

  const loadRest = async (next: string | null): Promise<void> => {
    const load = ++newest.current
    setRestWhy(null)
    try {
      for (let after = next; after !== null;) {
        const page = await fetchLongPage(after)
        if (load !== newest.current) return
        setLines((former) => former && withPage(former, page))
        after = page.next
      }
    } catch (thrown) {
      if (load !== newest.current) return
      if (thrown instanceof Refusal && thrown.code === 'signed_out') onSignedOut(thrown)
      else setRestWhy(thrown)
    }
  }

  const begin = async (): Promise<void> => {
    const [day, page] = [dayOfLoad(), await fetchQueue()]
    setLines((former) => firstLines(page, day, former))
    void loadRest(page.next)
  }

  const refresh = async (former: Lines): Promise<void> => {
    const day = dayOfLoad()
    const [first, counts, changes] = await Promise.all([
      fetchQueue(),
      fetchCounts(null),
      fetchChanges(former.day),
    ])
    const changed = [{ items: first.items, merged: [] }, ...changes]
    const { arrivals, isFlood } = first
    const next = withChanges(former, changed, { arrivals, isFlood, day })
    // The changes do not include deleted reports; only the total shows that some are gone.
    if (!hasEach(next, counts)) setLines(await loadAll(former))
    else setLines((now) => now && withChanges(now, changed, { arrivals, isFlood, day }))
  }

  const reload = (): void =>
    attempt.run(async () => {
      const former = current.current
      if (former?.next !== null) await begin()
      // A caseworker has few cases, and the edge lists changes only for people with the intake
      // role.
      else if (me.roles.includes('intake')) await refresh(former)
      else setLines(await loadAll(former))
    })
  const goOn = (): void => void loadRest(current.current?.next ?? null)
  const replace = (items: readonly QueueItem[]): void =>
    setLines((former) => former && withLines(former, items))

  useEffect(reload, [])
  return { lines, attempt, restWhy, reload, goOn, replace }
}

/** Fetches every line before showing any of them. The old lines stay on the screen until then. */
async function loadAll(former: Lines): Promise<Lines> {
  const day = dayOfLoad()
  let lines = firstLines(await fetchQueue(), day, former)
  while (lines.next !== null) lines = withPage(lines, await fetchLongPage(lines.next))
  return lines
}
