// Shows the screen that the person has chosen. The code for each screen except the list is fetched
// on demand.
import type { Awaiting } from '../departure/use-awaited.ts'
import { type KeptPlace } from '../list/list-place.ts'
import { IndexLine } from '../search/index-provider.tsx'
import { useSessionContext } from '../session/session-context.ts'
import type { SeenCounts } from '../session/use-counts.ts'
import type { HeldSettings } from '../session/use-own-settings.ts'
import { type Listed } from '../session/use-title.ts'
import {
  LoadAlertSettings,
  LoadDiscard,
  LoadFigures,
  LoadFirstDay,
  LoadHelp,
  LoadInvite,
  LoadKeys,
  LoadLetter,
  LoadLog,
  LoadOwnKeys,
  LoadPeople,
  LoadRegister,
  LoadShift,
  LoadTemplates,
  LoadWaiting,
} from './load-screens.tsx'
import { ReportsScreen } from './reports-screen.tsx'
import type { AppNavigation } from './use-app-navigation.ts'

interface ChosenScreenProps {
  navigation: AppNavigation
  seen: SeenCounts
  awaiting: Awaiting
  held: HeldSettings
  listed: Listed
  kept: KeptPlace
}

export function ChosenScreen(props: ChosenScreenProps) {
  const { navigation, seen, awaiting, held, listed, kept } = props
  const { roles } = useSessionContext().me
  const { hasList, goTo, home, openReport, openHelp } = navigation
  const { screen } = navigation.place
  const invite = roles.includes('admin') ? () => goTo('invite') : null
  return (
    <>
      {screen === 'reports' && (
        <ReportsScreen seen={seen} navigation={navigation} kept={kept} onListed={listed.onListed} />
      )}
      {screen === 'reports' && <IndexLine />}
      {screen === 'waiting' && <LoadWaiting onBack={home} onOpen={openReport} onTaken={seen.ask} />}
      {screen === 'shift' && <LoadShift onBack={home} onOpen={openReport} />}
      {screen === 'register' && <LoadRegister onBack={home} onOpen={openReport} />}
      {screen === 'figures' && <LoadFigures onBack={home} />}
      {screen === 'discard' && (
        <LoadDiscard open={seen.counts?.discard?.id ?? null} onBack={home} onSigned={seen.ask} />
      )}
      {screen === 'people' && (
        <LoadPeople
          hasList={hasList}
          onBack={home}
          onRemoved={roles.includes('intake') ? navigation.changeKeys : null}
          onInvite={invite}
        />
      )}
      {screen === 'keys' && (
        <LoadKeys
          beginsDeparture={navigation.beginsDeparture}
          awaiting={awaiting}
          onBack={home}
          onLeft={() => goTo('people')}
        />
      )}
      {screen === 'invite' && <LoadInvite navigation={navigation} hasList={hasList} />}
      {screen === 'own' && (
        <LoadOwnKeys onBack={home} hasList={hasList} onHelp={() => openHelp('nobody')} />
      )}
      {screen === 'log' && <LoadLog onBack={home} hasList={hasList} />}
      {screen === 'alerts' && (
        <LoadAlertSettings onBack={home} hasList={hasList} onHelp={() => openHelp('alerts')} />
      )}
      {screen === 'letter' && <LoadLetter navigation={navigation} onStored={seen.ask} />}
      {screen === 'templates' && <LoadTemplates onBack={home} hasList={hasList} />}
      {screen === 'first' && (
        <LoadFirstDay
          held={held}
          hasList={hasList}
          onBack={home}
          letter={{ onStored: seen.ask, onOpen: openReport }}
          ways={{
            paper: () => goTo('own'),
            reader: invite,
            keeper: () => openHelp('renew'),
            alerts: () => goTo('alerts'),
          }}
        />
      )}
      {screen === 'help' && (
        <LoadHelp
          page={navigation.helpPage}
          onPage={navigation.onHelpPage}
          screens={navigation.screens}
          onScreen={goTo}
          hasList={hasList}
          onBack={home}
          counts={seen.counts}
          held={held}
        />
      )}
    </>
  )
}
