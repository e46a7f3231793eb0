// Provides the colleagues who write in the open case now, as the last poll said. Names leave the
// screen by themselves, even when no poll follows.
import { useEffect, useState } from 'preact/hooks'
import { type Growth } from '#protocol/staff/list/counts'

/** The edge forgets a mark after this time too. */
const SHOWN_MS = 2 * 60_000

const NOBODY: readonly string[] = []

/** @returns ids; the server says them, and nobody signs */
export function useWriters(latest: Growth | null | undefined, caseId: string): readonly string[] {
  const [ended, setEnded] = useState<Growth | null>(null)
  const isOfCase = latest?.id === caseId
  const hasWriters = isOfCase && latest.writers.length > 0
  useEffect(() => {
    if (!hasWriters) return undefined
    const timer = setTimeout(() => setEnded(latest), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [latest])
  return hasWriters && ended !== latest ? latest.writers : NOBODY
}
