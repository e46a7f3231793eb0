// How many reports there are, asked once a minute while the page is seen. What is new is said; the list moves only when asked.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Counts, type Status } from '#protocol/staff'
import { fetchCounts } from '../api/staff-api.ts'
import { useDesk } from './desk-context.ts'

const EVERY_MS = 60_000

export interface SeenCounts {
  counts: Counts | null
  /** more is new or in danger than when the list was loaded */
  hasNews: boolean
  /** call it when the list is loaded again */
  markSeen: () => void
  /** call it when a line of the list changed under our own hands: that is no news */
  markChanged: (from: Status, to: Status) => void
}

export function useCounts(): SeenCounts {
  const { onSignedOut } = useDesk()
  const [counts, setCounts] = useState<Counts | null>(null)
  const [seen, setSeen] = useState<Counts | null>(null)

  const ask = async (isSeen: boolean): Promise<void> => {
    try {
      const answer = await fetchCounts()
      setCounts(answer)
      setSeen((former) => (isSeen || !former ? answer : former))
    } catch (cause) {
      // A lost connection is said by the list; here only the end of the session matters.
      if (cause instanceof Refusal && cause.code === 'signed_out') onSignedOut(cause)
    }
  }
  useEffect(() => {
    void ask(true)
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void ask(false)
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [])

  const hasNews =
    counts !== null && seen !== null && (counts.new > seen.new || counts.danger > seen.danger)
  const markChanged = (from: Status, to: Status): void => {
    setSeen((former) => former && { ...former, [from]: former[from] - 1, [to]: former[to] + 1 })
    void ask(false)
  }
  return { counts, hasNews, markSeen: () => void ask(true), markChanged }
}
