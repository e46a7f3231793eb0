// Polls every minute for the counts and arrivals of reports, and for the growth of the report on
// screen. News is announced, but nothing moves until the person asks.
import { useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Counts } from '#protocol/staff/list/counts'
import { fetchCounts } from '../api/list-api.ts'
import { usePoll } from '../ui/use-poll.ts'

export interface SeenCounts {
  counts: Counts | null
  /** polls at once, because the person has changed something */
  ask: () => void
}

/** @param reading  id of the report on screen */
export function useCounts(reading: string | null, onSignedOut: (why: unknown) => void): SeenCounts {
  const [counts, setCounts] = useState<Counts | null>(null)
  const read = useRef(reading)
  read.current = reading

  const ask = async (): Promise<void> => {
    try {
      setCounts(await fetchCounts(read.current))
    } catch (cause) {
      // The list reports a lost connection; only the end of the session matters here.
      if (cause instanceof Refusal && cause.code === 'signed_out') onSignedOut(cause)
    }
  }
  usePoll(() => void ask())
  return { counts, ask: () => void ask() }
}
