// The desk: the list on the left, the report on the right; on a phone one of them at a time. Back and Escape return to the list.
import { useEffect, useMemo } from 'preact/hooks'
import { Bar } from '../desk/bar.tsx'
import { BrokenReport } from '../desk/broken-report.tsx'
import { DeskContext, useDesk, type DeskHolds } from '../desk/desk-context.ts'
import { InviteRoom } from '../desk/invite-room.tsx'
import { type Room } from '../desk/menu.tsx'
import { QueueList } from '../desk/queue-list.tsx'
import { ReportView } from '../desk/report-view.tsx'
import { useCounts, type SeenCounts } from '../desk/use-counts.ts'
import { usePlace, type Standing } from '../desk/use-place.ts'
import { useQueue } from '../desk/use-queue.ts'
import { useIdleLock } from '../idle-lock.ts'
import { Boundary } from '../parts/boundary.tsx'
import { UnsentLine } from '../parts/unsent-line.tsx'
import { useLeaveWarning } from '../parts/use-leave-warning.ts'
import { useWords } from '../words.tsx'

interface DeskProps extends DeskHolds {
  /** what was kept on leaving could not be opened again */
  lostWords: boolean
  onLock: () => void
  onSignOut: () => void
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

function Rooms({ roles, lostWords, onLock, onSignOut }: RoomsProps) {
  const { t } = useWords()
  const rooms: Room[] = []
  if (roles.includes('intake')) rooms.push('reports')
  if (roles.includes('admin')) rooms.push('invite')
  const standing = usePlace({ room: rooms[0] ?? 'invite', report: null })
  const { room } = standing.place
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
        onRoom={(next) => standing.go({ room: next, report: null })}
        onLock={onLock}
        onSignOut={onSignOut}
      />
      <div role="status" class="lock-soon">
        {warning && <p class="warning">{t('staff.lock.soon')}</p>}
      </div>
      {lostWords && <UnsentLine unsent="lost" />}
      {room === 'reports' ? (
        <Reports seen={seen} standing={standing} />
      ) : (
        <InviteRoom standing={standing} hasList={rooms.length > 1} />
      )}
    </>
  )
}

function Reports({ seen, standing }: { seen: SeenCounts; standing: Standing }) {
  const { t } = useWords()
  const queue = useQueue()
  const selected = standing.place.report

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing && selected !== null) standing.home()
    }
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [selected])

  return (
    <main class={selected === null ? 'desk' : 'desk is-reading'}>
      <QueueList
        queue={queue}
        selected={selected}
        hasNews={seen.hasNews}
        onOpen={(report) => standing.go({ room: 'reports', report })}
        onReload={() => {
          seen.markSeen()
          queue.reload()
        }}
      />
      {selected === null ? (
        <p class="choose">{t('staff.queue.choose')}</p>
      ) : (
        <Boundary key={selected} instead={<BrokenReport onBack={standing.home} />}>
          <ReportView
            id={selected}
            onBack={standing.home}
            onChanged={(item) => {
              const former = queue.items?.find((each) => each.id === item.id)
              if (former && former.status !== item.status)
                seen.markChanged(former.status, item.status)
              queue.replace(item)
            }}
          />
        </Boundary>
      )}
    </main>
  )
}
