// Holds the loaded pages of the queue. The pages change only when the person asks, so that nothing
// moves under a finger.
import { useEffect, useState } from 'preact/hooks'
import { type Queue, type QueueItem } from '#protocol/staff/cases'
import { fetchQueue } from '../api/staff-api.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { lineOf, type Line } from './group-by-lane.ts'

/** All pages as one, with the arrivals of the first page and of follow-ups that were read since. */
interface LoadedPages extends Omit<Queue, 'items'> {
  lines: Line[]
}

export interface LoadedQueue {
  /** null before the first page is loaded */
  loaded: LoadedPages | null
  attempt: Attempt
  reload: () => void
  more: () => void
  /** puts a changed line in its old place */
  replace: (item: QueueItem) => void
}

export function useQueue(): LoadedQueue {
  const attempt = useSessionAttempt()
  const [loaded, setLoaded] = useState<LoadedPages | null>(null)

  const reload = (): void =>
    attempt.run(async () => setLoaded(withPage(null, await fetchQueue(null))))
  const more = (): void =>
    attempt.run(async () => {
      if (!loaded?.next) return
      const page = await fetchQueue(loaded.next)
      setLoaded((former) => former && withPage(former, page))
    })
  const replace = (item: QueueItem): void => setLoaded((former) => former && withLine(former, item))

  useEffect(reload, [])
  return { loaded, attempt, reload, more, replace }
}

function withPage(former: LoadedPages | null, { items, ...page }: Queue): LoadedPages {
  const lines = former?.lines ?? []
  const known = new Set(lines.map(({ item }) => item.id))
  return {
    lines: [...lines, ...items.filter((item) => !known.has(item.id)).map(lineOf)],
    next: page.next,
    arrivals: former?.arrivals ?? page.arrivals,
  }
}

/** Follow-ups that were read in the report are no news of the list. */
function withLine({ lines, next, arrivals }: LoadedPages, item: QueueItem): LoadedPages {
  const line = lines.find((each) => each.item.id === item.id)
  const read = line ? item.followUps - line.item.followUps : 0
  return {
    lines: lines.map((each) => (each === line ? { ...each, item } : each)),
    next,
    arrivals: { ...arrivals, followUps: arrivals.followUps + read },
  }
}
