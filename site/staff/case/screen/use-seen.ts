// Records how much of a case a colleague has seen, so that the list can mark unread cases. A hidden
// tab records nothing, and a locked tab does not show a case.
import { useEffect, useRef } from 'preact/hooks'
import type { SeenParts } from '#protocol/staff/list/queue'
import { putSeen } from '../../api/case-api.ts'
import { type LoadedReport } from '../read/load-report.ts'

/** The time for which a case must be shown before the case counts as seen. */
const SHOWN_MS = 2_000

/**
 * Returns the parts that count as seen once a case is shown; null when its first letter does not
 * open.
 */
export const seenPartsOf = (
  { item, first, sealed }: LoadedReport,
  added: number,
): SeenParts | null => first && { followUps: item.followUps, rows: sealed.log.length + added }

/**
 * Records a case once for each state in which it was shown. After a failure, nothing is recorded
 * until the state changes.
 */
export function useSeen(loaded: LoadedReport | null, added: number): void {
  const noted = useRef('')
  useEffect(() => {
    const seen = loaded && seenPartsOf(loaded, added)
    if (!seen) return
    const state = `${loaded.item.id} ${seen.followUps} ${seen.rows}`
    let timer: ReturnType<typeof setTimeout> | undefined
    const note = (): void => {
      if (noted.current === state) return
      noted.current = state
      void putSeen(loaded.item.id, seen).catch(() => undefined)
    }
    const wait = (): void => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') timer = setTimeout(note, SHOWN_MS)
    }
    wait()
    document.addEventListener('visibilitychange', wait)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wait)
    }
  }, [loaded, added])
}
