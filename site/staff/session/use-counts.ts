// Polls every minute for the counts and arrivals of reports, and for the growth of the report on
// screen. News is announced, but nothing moves until the person asks. Also reports when the server
// became unreachable.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { minuteOf } from '#protocol/time'
import { type Counts } from '#protocol/staff/list/counts'
import { fetchCounts } from '../api/list-api.ts'
import { usePoll } from '../ui/use-poll.ts'

export interface SeenCounts {
  counts: Counts | null
  /**
   * the minute in which the server became unreachable, in ISO 8601; null while the server responds
   */
  offlineSince: string | null
  /** polls immediately, because the person has changed something */
  ask: () => void
}

/** @param reading  id of the report on screen */
export function useCounts(reading: string | null, onSignedOut: (why: unknown) => void): SeenCounts {
  const [counts, setCounts] = useState<Counts | null>(null)
  const [offlineSince, setOfflineSince] = useState<string | null>(null)
  const read = useRef(reading)
  read.current = reading

  const ask = async (): Promise<void> => {
    try {
      setCounts(await fetchCounts(read.current))
      setOfflineSince(null)
    } catch (cause) {
      if (!(cause instanceof Refusal)) return
      if (cause.code === 'signed_out') onSignedOut(cause)
      if (cause.code === 'network') noteOffline()
      else setOfflineSince(null)
    }
  }
  const noteOffline = (): void => setOfflineSince((since) => since ?? minuteOf(Date.now()))
  usePoll(() => void ask())
  const latest = useRef({ ask, noteOffline })
  latest.current = { ask, noteOffline }
  // The browser notices immediately that it has no network. Having a network does not mean that the
  // server responds.
  useEffect(() => {
    const gone = (): void => latest.current.noteOffline()
    const back = (): void => void latest.current.ask()
    addEventListener('offline', gone)
    addEventListener('online', back)
    return () => {
      removeEventListener('offline', gone)
      removeEventListener('online', back)
    }
  }, [])
  return { counts, offlineSince, ask: () => void ask() }
}
