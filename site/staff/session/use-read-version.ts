// Tracks which version of a part of the organisation the author of a form has read. After a
// colleague's change, the next press may replace that change only once the screen shows it.
import { useEffect, useRef } from 'preact/hooks'
import { isRefusalOf } from '#protocol/errors'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { useSeenLedger } from '../ledger/ledger-context.ts'

/** A draft, with the version of the part on which it is based. */
interface Based<Version> {
  base: Version
}

interface ReadVersion<Draft> {
  /** returns the draft as it is now, even between two renders; null for a closed form */
  newest: () => Draft | null
  /** Runs a change, and remembers a colleague's newer version if the change came too late. */
  send: (change: () => Promise<void>) => Promise<void>
  /** Refreshes the screen. Afterwards, the remembered version counts as read by the author. */
  refresh: () => Promise<void>
}

/**
 * @param draft  null while the form is closed
 * @param versionIn  finds the version in a verified roster
 * @param reload  rejects when the screen could not be refreshed
 * @param onRead  receives the draft with its new base once the screen shows a colleague's version
 */
export function useReadVersion<Version, Draft extends Based<Version>>(
  draft: Draft | null,
  versionIn: (roster: Roster) => Version,
  reload: () => Promise<void>,
  onRead: (draft: Draft) => void,
): ReadVersion<Draft> {
  const ledger = useSeenLedger()
  const current = useRef(draft)
  current.current = draft
  /** the colleague's version, which the screen does not show yet */
  const unread = useRef<Based<Version> | null>(null)
  // A form that has closed in the meantime must not open again.
  useEffect(() => () => void (current.current = null), [])
  return {
    newest: () => current.current,
    async send(change) {
      try {
        await change()
      } catch (thrown) {
        const seen = ledger.newest()
        if (seen?.is === 'whole' && isRefusalOf(thrown, 'record_changed'))
          unread.current = { base: versionIn(seen.roster) }
        throw thrown
      }
    },
    async refresh() {
      await reload()
      const [found, open] = [unread.current, current.current]
      unread.current = null
      // A server may refuse a change even when there is no newer row.
      const isLater = found && open && JSON.stringify(found.base) !== JSON.stringify(open.base)
      if (isLater) onRead({ ...open, ...found })
    },
  }
}
