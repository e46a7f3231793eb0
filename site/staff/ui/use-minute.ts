// Renders a component again at the start of each minute, so that a displayed time stays current.
import { useEffect, useState } from 'preact/hooks'

const MINUTE_MS = 60_000

/** Returns the time in milliseconds since 1970, updated at the start of each minute. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), MINUTE_MS - (now % MINUTE_MS))
    return () => clearTimeout(timer)
  }, [now])
  return now
}
