// Holds the values that all parts of the workspace share, such as the place, the counts and the
// ledger. Opens another screen.
import { useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useAwaited, type Awaiting } from '../leaving/use-awaited.ts'
import { type SeenLedger } from '../ledger/use-ledger.ts'
import { type KeptPlace } from '../list/list-place.ts'
import { useIdleLock } from '../session/idle-lock.ts'
import { useLeaveWarning, useNavigation, type Navigation } from '../session/navigation.ts'
import { type Screen } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useAlert, type SeenAlert } from '../session/use-alert.ts'
import { useCounts, type SeenCounts } from '../session/use-counts.ts'
import { useOwnSettings, type HeldSettings } from '../session/use-own-settings.ts'
import { useTitle, type Listed } from '../session/use-title.ts'
import { screensOf } from './screens-of.ts'

export interface OpenWorkspace {
  screens: Screen[]
  isReader: boolean
  isAdmin: boolean
  /** false for a person without a list of reports */
  hasList: boolean
  standing: Navigation
  seen: SeenCounts
  /** null while the ledger is not whole */
  roster: Roster | null
  awaiting: Awaiting
  urgent: SeenAlert
  held: HeldSettings
  /** true when the app will soon lock, because nobody is working in it */
  warning: boolean
  /** true when the steps of a departure should begin automatically */
  isLeaving: boolean
  goTo: (next: Screen) => void
  /** shows the keys and begins the steps of a departure */
  changeKeys: () => void
}

interface WorkspaceStart {
  seenLedger: SeenLedger
  listed: Listed
  kept: KeptPlace
  onLock: () => void
}

export function useWorkspace({ seenLedger, listed, kept, onLock }: WorkspaceStart): OpenWorkspace {
  const { me, drafts, onSignedOut } = useSessionContext()
  const { roles } = me
  const screens = screensOf(roles)
  const isReader = roles.includes('intake')
  const home = { screen: screens[0] ?? 'people', report: null }
  const standing = useNavigation(home, { ...home, report: kept.now.report })
  const { report } = standing.place
  const hasList = screens[0] === 'reports'
  const seen = useCounts(report, onSignedOut)
  const { ledger } = seenLedger
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const awaiting = useAwaited(roster, isReader)
  const urgent = useAlert(roles, onSignedOut)
  useTitle(urgent.alert !== null, seen.counts?.arrivals, listed)
  const held = useOwnSettings()
  const warning = useIdleLock(onLock)
  useLeaveWarning(() => drafts.size > 0)
  const [isLeaving, setIsLeaving] = useState(false)
  const goTo = (next: Screen): void => {
    setIsLeaving(false)
    standing.go({ screen: next, report: null })
  }
  const changeKeys = (): void => {
    goTo('keys')
    setIsLeaving(true)
  }
  return {
    ...{ screens, isReader, isAdmin: roles.includes('admin'), hasList, standing, seen },
    ...{ roster, awaiting, urgent, held, warning, isLeaving, goTo, changeKeys },
  }
}
