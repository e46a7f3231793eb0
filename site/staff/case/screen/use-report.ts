// Loads the report that a colleague is reading, and marks the new parts, except the colleague's own
// words. Then checks the case log and takes the letters. Both steps happen in the background while
// the words are shown.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { useSeenLedger, useWholeLedger } from '../../ledger/ledger-context.ts'
import { useSessionContext, useSessionAttempt } from '../../session/session-context.ts'
import { useReader } from '../../session/use-reader.ts'
import { type Attempt } from '../../ui/use-attempt.ts'
import { checkCase, type CaseChecks } from '../read/check-case.ts'
import { conversationOf } from '../read/conversation.ts'
import { mayLackKeys, loadReport, type LoadedReport } from '../read/load-report.ts'
import { forReader } from '../read/require-log.ts'
import { takeLetters } from '../write/take-letters.ts'

export interface ShownReport {
  /** null until the report is loaded */
  loaded: LoadedReport | null
  /** null until the ledger is valid and the case log has been checked */
  checks: CaseChecks | null
  attempt: Attempt
  /** keys of messages and notes that the last load added */
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** marks the colleague's own message or note as not new */
  markOwn: (key: string) => void
  /** number of rows that this device added in the background when it took letters */
  added: number
}

export function useReport(id: string, onChanged: (item: QueueItem) => void): ShownReport {
  const { keys, renewKeys } = useSessionContext()
  const reader = useReader()
  const roster = useWholeLedger()?.roster
  const { ledger, verify, newest } = useSeenLedger()
  const attempt = useSessionAttempt()
  const [loaded, setLoaded] = useState<LoadedReport | null>(null)
  const [checked, setChecked] = useState<{ of: LoadedReport; checks: CaseChecks } | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const [added, setAdded] = useState(0)
  const shown = useRef<Set<string> | null>(null)
  const takenOf = useRef<LoadedReport | null>(null)
  const verifiedFor = useRef<LoadedReport | null>(null)
  const isAskedAgain = useRef(false)

  const reload = async (): Promise<void> => {
    if (!reader) return
    const known = await loadReport(reader, id)
    const next = mayLackKeys(known, reader) ? await loadReport(await renewKeys(), id) : known
    const parts = partsOf(next)
    setFresh(new Set(parts.filter((key) => shown.current && !shown.current.has(key))))
    shown.current = new Set(parts)
    setAdded(0)
    setLoaded(next)
    onChanged(next.item)
  }
  // The ledger records the people whose rows prove the keys of the case. A valid ledger proves more
  // keys than the rows before a break do, so a new verdict reloads the case.
  useEffect(() => {
    if (reader) attempt.run(reload)
  }, [ledger?.is])

  useEffect(() => {
    if (!loaded || !roster) return
    let isGone = false
    const check = async (): Promise<void> => {
      const checks = await checkCase(
        loaded.sealed,
        forReader(roster, keys.personId),
        loaded.others.map(({ sealed }) => sealed),
      )
      // The roster may lack a newer row, or a colleague may have seen a different ledger. A new
      // verdict on the ledger starts this check again.
      if (checks.fault !== null && verifiedFor.current !== loaded) {
        verifiedFor.current = loaded
        await verify()
        if (newest()?.roster !== roster) return
      }
      if (isGone) return
      // This browser may have stored a row while the server was responding. The next response then
      // contains it.
      if (checks.known === 'older' && !isAskedAgain.current) {
        isAskedAgain.current = true
        const hasCome = await reload().then(
          () => true,
          () => false,
        )
        if (hasCome) return
      }
      isAskedAgain.current = checks.known === 'older'
      setChecked({ of: loaded, checks })
      if (takenOf.current === loaded) return
      takenOf.current = loaded
      const rows = await takeLetters({ keys, roster }, loaded)
      if (takenOf.current === loaded) setAdded(rows)
    }
    // A failure to take letters does not hide the words. The next load tries again.
    void check().catch(() => undefined)
    return () => void (isGone = true)
  }, [loaded, roster])

  const checks = roster && checked?.of === loaded ? checked.checks : null
  const markOwn = (key: string): void => void shown.current?.add(key)
  return { loaded, checks, attempt, fresh, reload, markOwn, added }
}

const partsOf = (loaded: LoadedReport): string[] => [
  ...conversationOf(loaded).map(({ key }) => key),
  ...[loaded, ...loaded.others].flatMap(({ entries }) => entries).map(({ key }) => key),
]
