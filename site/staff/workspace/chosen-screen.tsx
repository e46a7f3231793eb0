// Shows the screen that the person has chosen. The code of each screen except the list is fetched
// on demand.
import { type KeptPlace } from '../list/list-place.ts'
import { IndexLine } from '../search/index-provider.tsx'
import { type Listed } from '../session/use-title.ts'
import {
  LoadAlertSettings,
  LoadDiscard,
  LoadFirstDay,
  LoadInvite,
  LoadKeys,
  LoadLetter,
  LoadLog,
  LoadOwnKeys,
  LoadPeople,
  LoadShift,
  LoadTemplates,
  LoadWaiting,
} from './load-screens.tsx'
import { ReportsScreen } from './reports-screen.tsx'
import { type OpenWorkspace } from './use-workspace.ts'

interface ChosenScreenProps {
  workspace: OpenWorkspace
  listed: Listed
  kept: KeptPlace
}

export function ChosenScreen({ workspace, listed, kept }: ChosenScreenProps) {
  const { isReader, isAdmin, hasList, standing, seen, awaiting, held, goTo } = workspace
  const { screen } = standing.place
  return (
    <>
      {screen === 'reports' && (
        <ReportsScreen seen={seen} standing={standing} kept={kept} onListed={listed.onListed} />
      )}
      {screen === 'reports' && <IndexLine />}
      {screen === 'waiting' && (
        <LoadWaiting
          onBack={standing.home}
          onOpen={(id) => standing.go({ screen: 'reports', report: id })}
          onTaken={seen.ask}
        />
      )}
      {screen === 'shift' && (
        <LoadShift
          onBack={standing.home}
          onOpen={(id) => standing.go({ screen: 'reports', report: id })}
        />
      )}
      {screen === 'discard' && (
        <LoadDiscard
          open={seen.counts?.discard?.id ?? null}
          onBack={standing.home}
          onSigned={seen.ask}
        />
      )}
      {screen === 'people' && (
        <LoadPeople
          hasList={hasList}
          onBack={standing.home}
          onRemoved={isReader ? workspace.changeKeys : null}
          onInvite={isAdmin ? () => goTo('invite') : null}
        />
      )}
      {screen === 'keys' && (
        <LoadKeys isLeaving={workspace.isLeaving} awaiting={awaiting} onBack={standing.home} />
      )}
      {screen === 'invite' && <LoadInvite standing={standing} hasList={hasList} />}
      {screen === 'own' && <LoadOwnKeys onBack={standing.home} hasList={hasList} />}
      {screen === 'log' && <LoadLog onBack={standing.home} hasList={hasList} />}
      {screen === 'alerts' && <LoadAlertSettings onBack={standing.home} hasList={hasList} />}
      {screen === 'letter' && <LoadLetter standing={standing} onStored={seen.ask} />}
      {screen === 'templates' && <LoadTemplates onBack={standing.home} hasList={hasList} />}
      {screen === 'first' && (
        <LoadFirstDay
          held={held}
          hasList={hasList}
          onBack={standing.home}
          letter={{
            onStored: seen.ask,
            onOpen: (id) => standing.go({ screen: 'reports', report: id }),
          }}
          ways={{
            paper: () => goTo('own'),
            reader: isAdmin ? () => goTo('invite') : null,
            alerts: () => goTo('alerts'),
          }}
        />
      )}
    </>
  )
}
