// Shows the lines above a screen about urgent or lost things, and about things that a person should
// do.
import { AlertLine } from '../alerts/alert-line.tsx'
import { FirstDayLine } from '../first-day/first-day-line.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { KeyLine } from '../keys/key-line.tsx'
import { readersIn } from '../ledger/read-roster.ts'
import { SharedKeysWatch } from '../session/shared-keys-watch.tsx'
import { UnsentNotice } from '../session/unsent-drafts.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import { BreakLine } from './break-line.tsx'
import { CompareNotice } from './compare-notice.tsx'
import { FewReaders } from './counts.tsx'
import { DiscardLine } from './discard-line.tsx'
import { LedgerLine } from './ledger-line.tsx'
import { PaperLine } from './paper-line.tsx'
import { type OpenWorkspace } from './use-workspace.ts'

const fetchChangedNames = async () => (await import('./changed-names.tsx')).ChangedNames

interface WorkspaceLinesProps {
  workspace: OpenWorkspace
  /** true when the kept drafts could not be opened again */
  lostWords: boolean
}

export function WorkspaceLines({ workspace, lostWords }: WorkspaceLinesProps) {
  const { t } = useMessages()
  const { Part: ChangedNames } = useFetched(fetchChangedNames)
  const { standing, seen, roster, awaiting, urgent, held, goTo } = workspace
  const { screen, report } = standing.place
  const canShowKeys = workspace.isReader && screen !== 'keys'
  return (
    <>
      <SharedKeysWatch />
      <LedgerLine />
      {ChangedNames && <ChangedNames />}
      <KeyLine
        roster={roster}
        isAwaiting={awaiting.isAwaiting}
        onShow={canShowKeys ? () => goTo('keys') : null}
        onGoOn={canShowKeys ? workspace.changeKeys : null}
      />
      <AlertLine {...urgent} />
      <DiscardLine discard={seen.counts?.discard} onWithdrawn={seen.ask} />
      <div role="status" class="lock-soon">
        {workspace.warning && <p class="warning">{t('staff.lock.soon')}</p>}
      </div>
      <FewReaders readers={roster && readersIn(roster).length} />
      {screen !== 'own' && <PaperLine onKeys={() => goTo('own')} />}
      {screen !== 'first' && report === null && (
        <FirstDayLine held={held} roster={roster} onShow={() => goTo('first')} />
      )}
      {report === null && <CompareNotice roster={roster} />}
      <BreakLine held={held} isReading={report !== null} />
      {lostWords && <UnsentNotice unsent="lost" />}
    </>
  )
}
