// Follows the version of a part of the organisation that the author of a form has read. After a
// colleague's change, the next press may replace that change only once the screen shows it.
import { useEffect, useRef } from 'preact/hooks'
import { isRefusalOf } from '#protocol/errors'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { useSeenLedger } from '../ledger/ledger-context.ts'

interface ReadVersion {
  /** Runs a change, and notes the colleague's version when the change came too late. */
  send: (change: () => Promise<void>) => Promise<void>
  /** Refreshes the screen. Afterwards, the author has read the noted version. */
  refresh: () => Promise<void>
}

/**
 * @param versionIn  finds the version in a verified roster
 * @param reload  rejects when the screen could not be refreshed
 * @param onRead  receives the version that the screen now shows
 */
export function useReadVersion<Version>(
  versionIn: (roster: Roster) => Version,
  reload: () => Promise<void>,
  onRead: (version: Version) => void,
): ReadVersion {
  const { newest } = useSeenLedger()
  /** the colleague's version, which the screen does not show yet */
  const unread = useRef<{ version: Version } | null>(null)
  // A form that has closed in the meantime must not open again.
  const isGone = useRef(false)
  useEffect(() => () => void (isGone.current = true), [])
  return {
    async send(change) {
      try {
        await change()
      } catch (thrown) {
        const ledger = newest()
        if (ledger?.is === 'whole' && isRefusalOf(thrown, 'record_changed'))
          unread.current = { version: versionIn(ledger.roster) }
        throw thrown
      }
    },
    async refresh() {
      await reload()
      const found = unread.current
      unread.current = null
      if (found && !isGone.current) onRead(found.version)
    },
  }
}
