// Shows the bar at the top: the title, the counts, the lock button within reach, and the menu.
import type { Counts } from '#protocol/staff/list/counts'
import { Logo } from '../ui/marks.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { CountsSummary } from './counts.tsx'
import { type Screen } from '../session/navigation.ts'
import { Menu } from './menu.tsx'

interface BarProps {
  screens: readonly Screen[]
  screen: Screen
  counts: Counts | null
  /** number of newcomers who are waiting for a confirmation */
  newcomers: number
  onScreen: (screen: Screen) => void
  /** shows the waiting reports; null for a person who may not read them */
  onWaiting: (() => void) | null
  onLock: () => void
  onSignOut: () => void
}

export function Header({ counts, onLock, onWaiting, ...menu }: BarProps) {
  const { t } = useMessages()
  return (
    <header class="bar">
      <h1>
        <Logo />
        <span>{t('staff.title')}</span>
      </h1>
      <CountsSummary counts={counts} onWaiting={onWaiting} />
      <div class="bar-end">
        <button type="button" onClick={onLock}>
          {t('staff.lock')}
        </button>
        <Menu {...menu} />
      </div>
    </header>
  )
}
