// Shows the reminder to compare the log; its code is fetched when the comparison is due.
import { useState } from 'preact/hooks'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { isCompareDue } from '../ledger/compare-due.ts'
import { lastCompared } from '../ledger/remembered-head.ts'
import { useSessionContext } from '../session/session-context.ts'
import { WhenLoaded } from '../ui/when-loaded.tsx'

const fetchLine = async () => (await import('../log/compare-line.tsx')).CompareLine

/** @param roster  the roster of a valid ledger, or null */
export function CompareNotice({ roster }: { roster: Roster | null }) {
  const { keys } = useSessionContext()
  const [, setCompared] = useState(0)
  if (!roster) return null
  const compared = lastCompared('ledger', roster)
  if (!isCompareDue(roster, keys.personId, compared, Date.now())) return null
  return (
    <WhenLoaded fetchPart={fetchLine}>
      {(Line) => <Line roster={roster} onCompared={() => setCompared(Date.now())} />}
    </WhenLoaded>
  )
}
