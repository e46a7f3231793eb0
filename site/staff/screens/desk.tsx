// The desk: the list on the left, the report on the right; on a phone one of them at a time. Back and Escape return to the list.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Bar } from '../desk/bar.tsx'
import { DeskContext, useDesk, type DeskHolds } from '../desk/desk-context.ts'
import { InviteRoom } from '../desk/invite-room.tsx'
import { type Room } from '../desk/menu.tsx'
import { QueueList } from '../desk/queue-list.tsx'
import { ReportView } from '../desk/report-view.tsx'
import { useCounts, type SeenCounts } from '../desk/use-counts.ts'
import { useQueue } from '../desk/use-queue.ts'
import { useIdleLock } from '../idle-lock.ts'
import { useLeaveWarning } from '../parts/use-leave-warning.ts'
import { useWords } from '../words.tsx'

interface DeskProps extends DeskHolds {
  onLock: () => void
  onSignOut: () => Promise<void>
}

export function Desk({ me, keys, drafts, onSignedOut, ...doors }: DeskProps) {
  const holds = useMemo(() => ({ me, keys, drafts, onSignedOut }), [me, keys, drafts])
  return (
    <DeskContext.Provider value={holds}>
      <Rooms roles={me.roles} {...doors} />
    </DeskContext.Provider>
  )
}

type RoomsProps = Omit<DeskProps, keyof DeskHolds> & { roles: DeskHolds['me']['roles'] }

function Rooms({ roles, onLock, onSignOut }: RoomsProps) {
  const { t } = useWords()
  const rooms: Room[] = []
  if (roles.includes('intake')) rooms.push('reports')
  if (roles.includes('admin')) rooms.push('invite')
  const [room, setRoom] = useState<Room>(rooms[0] ?? 'invite')
  const seen = useCounts()
  const warning = useIdleLock(onLock)
  const { drafts } = useDesk()
  useLeaveWarning(() => drafts.size > 0)
  return (
    <>
      <Bar
        rooms={rooms}
        room={room}
        counts={seen.counts}
        onRoom={setRoom}
        onLock={onLock}
        onSignOut={onSignOut}
      />
      <div role="status" class="lock-soon">
        {warning && <p class="warning">{t('staff.lock.soon')}</p>}
      </div>
      {room === 'reports' ? (
        <Reports seen={seen} />
      ) : (
        <InviteRoom onBack={rooms.length > 1 ? () => setRoom('reports') : undefined} />
      )}
    </>
  )
}

function Reports({ seen }: { seen: SeenCounts }) {
  const { t } = useWords()
  const queue = useQueue()
  const [selected, setSelected] = useState<string | null>(null)

  useEffect(() => {
    // The history knows only that a report is open, not which.
    const back = (): void =>
      setSelected((former) => {
        if (former !== null) setTimeout(() => document.getElementById(`line-${former}`)?.focus())
        return null
      })
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing && reading()) history.back()
    }
    addEventListener('popstate', back)
    addEventListener('keydown', escape)
    return () => {
      removeEventListener('popstate', back)
      removeEventListener('keydown', escape)
    }
  }, [])
  const open = (id: string): void => {
    if (!reading()) history.pushState({ reading: true }, '')
    setSelected(id)
  }

  return (
    <main class={selected === null ? 'desk' : 'desk is-reading'}>
      <QueueList
        queue={queue}
        selected={selected}
        hasNews={seen.hasNews}
        onOpen={open}
        onReload={() => {
          seen.markSeen()
          queue.reload()
        }}
      />
      {selected === null ? (
        <p class="choose">{t('staff.queue.choose')}</p>
      ) : (
        <ReportView
          key={selected}
          id={selected}
          onBack={() => history.back()}
          onChanged={(item) => {
            const former = queue.items?.find((each) => each.id === item.id)
            if (former && former.status !== item.status)
              seen.markChanged(former.status, item.status)
            queue.replace(item)
          }}
        />
      )}
    </main>
  )
}

// Guarantee: only this file writes the history's state.
const reading = (): boolean => (history.state as { reading?: boolean } | null)?.reading === true
