// The bar on top: where you are, what waits, and the lock within reach.
import { type Counts } from '#protocol/staff'
import { Curl } from '../parts/curl.tsx'
import { useWords } from '../words.tsx'
import { CountsLine } from './counts-line.tsx'
import { Menu, type Room } from './menu.tsx'

interface BarProps {
  rooms: readonly Room[]
  room: Room
  counts: Counts | null
  onRoom: (room: Room) => void
  onLock: () => void
  onSignOut: () => void
}

export function Bar({ counts, onLock, ...menu }: BarProps) {
  const { t } = useWords()
  return (
    <header class="bar">
      <h1>
        <Curl />
        <span>{t('staff.title')}</span>
      </h1>
      <CountsLine counts={counts} />
      <div class="bar-end">
        <button type="button" onClick={onLock}>
          {t('staff.lock')}
        </button>
        <Menu {...menu} />
      </div>
    </header>
  )
}
