// Holds the reports that were read from the overflow, partition by partition: danger and higher
// grades first.
import { useEffect, useState } from 'preact/hooks'
import { WAITING_PARTITIONS, type WaitingPage } from '#protocol/staff/list/waiting'
import { fetchWaiting } from '../api/overflow-api.ts'
import { openItems, type OpenedItem } from '../case/read/open-item.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { useReader } from '../session/use-reader.ts'
import { type Attempt } from '../ui/use-attempt.ts'

type Partition = (typeof WAITING_PARTITIONS)[number]

/** A waiting report with its partition. */
export interface WaitingItem extends OpenedItem<WaitingPage['items'][number]> {
  partition: Partition
}

/** The position of the next page; null when everything has been read. */
type NextPage = { partition: number; after: string | null } | null

export interface LoadedWaiting {
  items: readonly WaitingItem[]
  isEnd: boolean
  attempt: Attempt
  more: () => void
}

export function useWaiting(): LoadedWaiting {
  const reader = useReader()
  const attempt = useSessionAttempt()
  const [items, setItems] = useState<readonly WaitingItem[]>([])
  const [next, setNext] = useState<NextPage>({ partition: 0, after: null })

  const more = (): void =>
    attempt.run(async () => {
      if (!reader) return
      let place = next
      // Skips empty partitions, so that each press shows something.
      while (place) {
        const partition: Partition = WAITING_PARTITIONS[place.partition] ?? '0'
        const page = await fetchWaiting(partition, place.after)
        place = placeAfter(place, page)
        setNext(place)
        if (page.items.length === 0) continue
        const opened = (await openItems(reader.keys, page.items)).map((each) => ({
          ...each,
          partition,
        }))
        setItems((former) => [...former, ...opened])
        return
      }
    })

  useEffect(more, [reader === null])
  return { items, isEnd: next === null, attempt, more }
}

function placeAfter({ partition }: NonNullable<NextPage>, page: WaitingPage): NextPage {
  if (page.next !== null) return { partition, after: page.next }
  const isLast = partition + 1 === WAITING_PARTITIONS.length
  return isLast ? null : { partition: partition + 1, after: null }
}
