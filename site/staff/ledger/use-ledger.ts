// Verifies the ledger in the background after unlocking, and again when its head has changed. The
// workspace does not wait for the ledger.
import { useEffect, useRef, useState } from 'preact/hooks'
import { sameBytes, fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { type People } from '#protocol/staff/people/people'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchLedgerHead } from '../api/ledger-api.ts'
import { fetchPeople } from '../api/people-api.ts'
import { usePoll } from '../ui/use-poll.ts'
import { fetchLedger } from './fetch-ledger.ts'
import type { SeenNames } from './proven-names.ts'
import { verifyLedger, type VerifiedLedger } from './verify-ledger.ts'

export interface SeenLedger {
  /** null before the first verdict */
  ledger: VerifiedLedger | null
  /** the names in the table, compared with the ledger; see useNames */
  names: SeenNames
  /** rows verified, and rows fetched; null while no verification is running */
  progress: { done: number; of: number } | null
  /** the reason why a verification could not finish, such as `network` */
  why: unknown
  /** verifies again immediately */
  verify: () => Promise<void>
  /** returns the last verdict, even before the next render */
  newest: () => VerifiedLedger | null
  /** verifies again immediately. @throws Refusal `ledger_broken` unless the ledger is valid */
  nextRoster: () => Promise<Roster>
}

/** The ledger, with the names that only the keys of this session can open. */
export interface FetchedLedger extends SeenLedger {
  /** the sealed names of people who have left */
  former: People['former']
}

const isSame = (known: VerifiedLedger | null, found: VerifiedLedger): boolean =>
  known?.is === 'whole' && found.is === 'whole' && sameBytes(known.roster.head, found.roster.head)

/** @param root  the pinned root key, 65 bytes */
export function useLedger(root: Bytes, onSignedOut: (why: unknown) => void): FetchedLedger {
  const [ledger, setLedger] = useState<VerifiedLedger | null>(null)
  const [names, setNames] = useState<SeenNames>(new Map())
  const [former, setFormer] = useState<People['former']>([])
  const [progress, setProgress] = useState<SeenLedger['progress']>(null)
  const [why, setWhy] = useState<unknown>(null)
  const current = useRef(ledger)
  current.current = ledger
  const running = useRef(Promise.resolve())
  const isGone = useRef(false)
  useEffect(() => () => void (isGone.current = true), [])

  const verifyNow = async (): Promise<void> => {
    try {
      let of = 0
      const show = (done: number): void => setProgress({ done, of })
      const fetchRows = async (): Promise<LedgerRow[]> => {
        const rows = await fetchLedger()
        of = rows.length
        show(0)
        return rows
      }
      const [verified, people, { proveNames }] = await Promise.all([
        verifyLedger(fetchRows, root, show),
        fetchPeople(),
        import('./proven-names.ts'),
      ])
      const proven = await proveNames(people, verified.roster)
      if (isGone.current) return
      setNames(proven)
      setFormer(people.former)
      // If the rows are unchanged, the verdict object stays the same, so that nothing that depends
      // on the roster restarts.
      if (!isSame(current.current, verified)) setLedger((current.current = verified))
      setWhy(null)
    } catch (thrown) {
      if (isGone.current) return
      if (thrown instanceof Refusal && thrown.code === 'signed_out') onSignedOut(thrown)
      else setWhy(thrown)
    } finally {
      setProgress(null)
    }
  }
  // A new verification waits for the current one, which may have started before the newest row was
  // added.
  const verify = (): Promise<void> => (running.current = running.current.then(verifyNow))

  const look = async (): Promise<void> => {
    const seen = current.current
    if (seen?.is === 'whole') {
      const { head } = await fetchLedgerHead()
      if (sameBytes(fromB64(head), seen.roster.head)) return
    }
    await verify()
  }
  // A lost connection does not remove the last verdict from the page.
  usePoll(() => void look().catch(() => undefined))
  const nextRoster = async (): Promise<Roster> => {
    await verify()
    if (current.current?.is !== 'whole') throw new Refusal('ledger_broken')
    return current.current.roster
  }
  const newest = (): VerifiedLedger | null => current.current
  return { ledger, names, former, progress, why, verify, newest, nextRoster }
}
