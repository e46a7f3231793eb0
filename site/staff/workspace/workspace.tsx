// Shows the workspace: the list on the left, the report on the right. A phone shows only one of the
// two. Back and Escape return to the list.
import { useEffect, useMemo } from 'preact/hooks'
import { AlertLine } from '../alerts/alert-line.tsx'
import { useAlert } from '../alerts/use-alert.ts'
import { useTitle, type Listed } from '../alerts/use-title.ts'
import { DiscardLine } from './discard-line.tsx'
import { Header } from './header.tsx'
import { ReportError, ReportView } from '../report/report-view.tsx'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { FewReaders } from './counts.tsx'
import { LoadAlertSettings, LoadDiscard, LoadWaiting } from './load-screens.tsx'
import { InvitePage } from '../people/invite.tsx'
import { type Screen } from './menu.tsx'
import { listNews } from './news.ts'
import { QueueList } from '../queue/queue-list.tsx'
import { useCounts, type SeenCounts } from './use-counts.ts'
import { useNavigation, type Navigation, useLeaveWarning } from '../session/navigation.ts'
import { useQueue } from '../queue/use-queue.ts'
import { useIdleLock } from '../session/idle-lock.ts'
import { ErrorBoundary } from '../ui/errors.tsx'
import { UnsentNotice } from '../session/unsent-drafts.tsx'
import { useMessages } from '../i18n/messages.tsx'

interface DeskProps extends SessionValues {
  /** true when the kept drafts could not be opened again */
  lostWords: boolean
  listed: Listed
  onLock: () => void
  onSignOut: () => void
}

export function Workspace({ me, keys, drafts, onSignedOut, ...doors }: DeskProps) {
  const holds = useMemo(() => ({ me, keys, drafts, onSignedOut }), [me, keys, drafts])
  return (
    <SessionContext.Provider value={holds}>
      <Screens roles={me.roles} {...doors} />
    </SessionContext.Provider>
  )
}

type ScreensProps = Omit<DeskProps, keyof SessionValues> & { roles: SessionValues['me']['roles'] }

function Screens({ roles, lostWords, listed, onLock, onSignOut }: ScreensProps) {
  const { t } = useMessages()
  const screens: Screen[] = []
  if (roles.includes('intake')) screens.push('reports', 'waiting', 'discard')
  if (roles.includes('admin')) screens.push('invite', 'alerts')
  const standing = useNavigation({ screen: screens[0] ?? 'invite', report: null })
  const { screen, report } = standing.place
  const hasList = screens[0] === 'reports'
  const { drafts, onSignedOut } = useSessionContext()
  const seen = useCounts(report, onSignedOut)
  const urgent = useAlert(onSignedOut)
  useTitle(urgent.alert !== null, seen.counts?.arrivals, listed)
  const warning = useIdleLock(onLock)
  useLeaveWarning(() => drafts.size > 0)
  const goTo = (next: Screen): void => standing.go({ screen: next, report: null })
  return (
    <>
      <Header
        screens={screens}
        screen={screen}
        counts={seen.counts}
        onScreen={goTo}
        onWaiting={hasList ? () => goTo('waiting') : null}
        onLock={onLock}
        onSignOut={onSignOut}
      />
      <AlertLine {...urgent} />
      <DiscardLine discard={seen.counts?.discard} onWithdrawn={seen.ask} />
      <div role="status" class="lock-soon">
        {warning && <p class="warning">{t('staff.lock.soon')}</p>}
      </div>
      <FewReaders counts={seen.counts} />
      {lostWords && <UnsentNotice unsent="lost" />}
      {screen === 'reports' && (
        <Reports seen={seen} standing={standing} onListed={listed.onListed} />
      )}
      {screen === 'waiting' && (
        <LoadWaiting
          onBack={standing.home}
          onOpen={(id) => standing.go({ screen: 'reports', report: id })}
          onTaken={seen.ask}
        />
      )}
      {screen === 'discard' && (
        <LoadDiscard
          open={seen.counts?.discard?.id ?? null}
          onBack={standing.home}
          onSigned={seen.ask}
        />
      )}
      {screen === 'invite' && <InvitePage standing={standing} hasList={hasList} />}
      {screen === 'alerts' && <LoadAlertSettings onBack={standing.home} hasList={hasList} />}
    </>
  )
}

interface ReportsProps extends Pick<Listed, 'onListed'> {
  seen: SeenCounts
  standing: Navigation
}

function Reports({ seen, standing, onListed }: ReportsProps) {
  const { t } = useMessages()
  const queue = useQueue()
  const selected = standing.place.report
  const arrivals = queue.loaded?.arrivals
  useEffect(() => {
    if (arrivals) onListed(arrivals)
  }, [arrivals])

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing && selected !== null) standing.home()
    }
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [selected])

  return (
    <main class={selected === null ? 'workspace' : 'workspace is-reading'}>
      <QueueList
        queue={queue}
        selected={selected}
        news={listNews(seen.counts?.arrivals, arrivals)}
        onOpen={(report) => standing.go({ screen: 'reports', report })}
        onReload={() => {
          seen.ask()
          queue.reload()
        }}
      />
      {selected === null ? (
        <p class="choose">{t('staff.queue.choose')}</p>
      ) : (
        <ErrorBoundary key={selected} instead={<ReportError onBack={standing.home} />}>
          <ReportView
            id={selected}
            onBack={standing.home}
            latest={seen.counts?.report}
            onChanged={(item) => {
              seen.ask()
              queue.replace(item)
            }}
          />
        </ErrorBoundary>
      )}
    </main>
  )
}
