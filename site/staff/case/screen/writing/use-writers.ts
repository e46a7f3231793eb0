// Provides the colleagues who are writing in the open case now, according to the last poll. Names
// disappear from the screen after some time even if no response to a further poll arrives.
import { useEffect, useState } from 'preact/hooks'
import { type Growth } from '#protocol/staff/list/counts'

/** The edge also deletes a mark after this time. */
const SHOWN_MS = 2 * 60_000

const NOBODY: readonly string[] = []

/** @returns their ids, according to the server; no signature proves them */
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
