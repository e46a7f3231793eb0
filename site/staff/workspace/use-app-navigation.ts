// Provides the screens that a person may use, the current place, and the functions that open
// another place.
import { useState } from 'preact/hooks'
import type { HelpPageId } from '../help/pages.ts'
import type { KeptPlace } from '../list/list-place.ts'
import { useNavigation, type Navigation, type Screen } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { screensOf } from './screens-of.ts'

export interface AppNavigation extends Navigation {
  screens: readonly Screen[]
  /** false for a person without a list of reports */
  hasList: boolean
  goTo: (next: Screen) => void
  openReport: (id: string) => void
  /** shows the keys and starts the steps of a departure */
  changeKeys: () => void
  /** the help page that the person is reading or read last; null before the first */
  helpPage: string | null
  onHelpPage: (page: HelpPageId | null) => void
  openHelp: (page: HelpPageId) => void
  /** true when the steps of a departure should begin automatically */
  beginsDeparture: boolean
}

/** @param kept  the place in the list and in the app, which is kept while the app is locked */
export function useAppNavigation(kept: KeptPlace): AppNavigation {
  const { me } = useSessionContext()
  const screens = screensOf(me.roles)
  const home = { screen: screens[0] ?? 'people', report: null }
  const former = screens.find((each) => each === kept.screen)
  // A person who has lost the role for the previous screen starts on the home screen, without an
  // old case.
  const report = former === 'reports' ? kept.now.report : null
  const navigation = useNavigation(home, { screen: former ?? home.screen, report })
  const { screen } = navigation.place
  // Locking drops an invitation link. The people screen lists the invitation itself.
  kept.screen = screen === 'invite' ? 'people' : screen
  const [beginsDeparture, setBeginsDeparture] = useState(false)
  const [helpPage, setHelpPage] = useState(kept.helpPage)
  kept.helpPage = helpPage
  const goTo = (next: Screen): void => {
    setBeginsDeparture(false)
    navigation.go({ screen: next, report: null })
  }
  return {
    ...{ ...navigation, screens, hasList: screens[0] === 'reports', beginsDeparture, goTo },
    ...{ helpPage, onHelpPage: setHelpPage },
    openHelp: (page) => {
      setHelpPage(page)
      goTo('help')
    },
    openReport: (report) => navigation.go({ screen: 'reports', report }),
    changeKeys: () => {
      goTo('keys')
      setBeginsDeparture(true)
    },
  }
}
