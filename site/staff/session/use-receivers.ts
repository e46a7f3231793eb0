// Opens the receivers for a reader. A caseworker holds no key that opens them.
import { useEffect, useState } from 'preact/hooks'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { holdsRole } from '../ledger/read-roster.ts'
import { readReceivers, type ListedReceiver } from '../ledger/receivers.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { useSessionAttempt, useSessionContext } from './session-context.ts'

interface ShownReceivers {
  /** true for a reader whose ledger is valid */
  canRead: boolean
  /** null until they are opened */
  receivers: readonly ListedReceiver[] | null
  attempt: Attempt
  /** opens the receivers in the newest ledger */
  reload: () => Promise<void>
}

export function useReceivers(): ShownReceivers {
  const { keys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const roster = useWholeLedger()?.roster
  const attempt = useSessionAttempt()
  const [receivers, setReceivers] = useState<readonly ListedReceiver[] | null>(null)
  const canRead = roster !== undefined && holdsRole(roster, keys.personId, 'intake')
  const reload = async (): Promise<void> => {
    if (canRead) setReceivers(await readReceivers({ keys, roster: await nextRoster() }))
  }
  useEffect(() => attempt.run(reload), [roster])
  return { canRead, receivers, attempt, reload }
}
