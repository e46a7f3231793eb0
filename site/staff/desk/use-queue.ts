// The pages of the queue that were loaded. They change only when the person asks, so that nothing moves under a finger.
import { useEffect, useState } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff'
import { fetchQueue } from '../api/staff-api.ts'
import { type Attempt } from '../parts/use-attempt.ts'
import { useDeskAttempt } from './desk-context.ts'

export interface LoadedQueue {
  /** null before the first page is there */
  items: QueueItem[] | null
  hasMore: boolean
  attempt: Attempt
  reload: () => void
  more: () => void
  /** puts a changed line where it stood */
  replace: (item: QueueItem) => void
}

export function useQueue(): LoadedQueue {
  const attempt = useDeskAttempt()
  const [items, setItems] = useState<QueueItem[] | null>(null)
  const [next, setNext] = useState<string | null>(null)

  const reload = (): void =>
    attempt.run(async () => {
      const page = await fetchQueue(null)
      setItems(page.items)
      setNext(page.next)
    })
  const more = (): void =>
    attempt.run(async () => {
      if (next === null) return
      const page = await fetchQueue(next)
      setItems((former) => {
        const known = new Set(former?.map((each) => each.id))
        return [...(former ?? []), ...page.items.filter((each) => !known.has(each.id))]
      })
      setNext(page.next)
    })
  const replace = (item: QueueItem): void =>
    setItems((former) => former?.map((each) => (each.id === item.id ? item : each)) ?? null)

  useEffect(reload, [])
  return { items, hasMore: next !== null, attempt, reload, more, replace }
}
