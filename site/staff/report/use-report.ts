// Loads the report that a colleague reads, and marks the new parts, except our own words.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff/cases'
import { type Attempt } from '../ui/use-attempt.ts'
import { conversationOf } from './conversation.ts'
import { loadReport, type LoadedReport } from './load-report.ts'
import { useSessionContext, useSessionAttempt } from '../session/session-context.ts'

export interface ShownReport {
  /** null before the report is loaded */
  loaded: LoadedReport | null
  attempt: Attempt
  /** keys of messages and notes that the last load brought */
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** marks our own message or note, which is not new to us */
  markOwn: (key: string) => void
}

export function useReport(id: string, onChanged: (item: QueueItem) => void): ShownReport {
  const { keys } = useSessionContext()
  const attempt = useSessionAttempt()
  const [loaded, setLoaded] = useState<LoadedReport | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const shown = useRef<Set<string> | null>(null)

  const reload = async (): Promise<void> => {
    const next = await loadReport(keys, id)
    const parts = partsOf(next)
    setFresh(new Set(parts.filter((key) => shown.current && !shown.current.has(key))))
    shown.current = new Set(parts)
    setLoaded(next)
    onChanged(next.item)
  }
  useEffect(() => attempt.run(reload), [])
  return { loaded, attempt, fresh, reload, markOwn: (key) => shown.current?.add(key) }
}

const partsOf = (loaded: LoadedReport): string[] => [
  ...conversationOf(loaded).map(({ key }) => key),
  ...(loaded.caseFile?.notes.map((note) => note.id) ?? []),
]
