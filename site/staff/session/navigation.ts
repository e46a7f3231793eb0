// Holds the current place in the app. Every place except home is one entry after home in the
// browser's history. So pressing Back once shows home and never leaves the app.
import { useEffect, useRef, useState } from 'preact/hooks'

export type Screen =
  | 'reports'
  | 'shift'
  | 'register'
  | 'figures'
  | 'letter'
  | 'waiting'
  | 'discard'
  | 'people'
  | 'keys'
  | 'invite'
  | 'alerts'
  | 'templates'
  | 'log'
  | 'own'
  | 'first'
  | 'help'

export interface AppPlace {
  screen: Screen
  /** the report that a colleague is reading */
  report: string | null
}

export interface Navigation {
  place: AppPlace
  go: (next: AppPlace) => void
  home: () => void
  /**
   * Sets a guard that runs before a person leaves the current place. If the guard returns false,
   * the app stays where it is, and the guard asks the person for confirmation. Setting a guard adds
   * a history entry, so that Back runs the guard.
   */
  guard: (mayLeave: (() => boolean) | null) => void
}

/**
 * @param start  the first place: home, or the place where the person was before the app was locked
 */
export function useNavigation(home: AppPlace, start: AppPlace = home): Navigation {
  const [place, setPlace] = useState(start)
  const mayLeave = useRef<(() => boolean) | null>(null)
  const left = useRef(home)
  const leaves = (): boolean => mayLeave.current?.() ?? true

  useEffect(() => {
    if (start.screen !== home.screen || start.report !== home.report) stepUp()
    // A history entry records only that the place is not home.
    const back = (): void => {
      if (!leaves()) {
        stepUp()
        return
      }
      setPlace((former) => {
        // Forward returns to the place that the person left with Back.
        if (isUp()) return left.current
        left.current = former
        focusSoon(former.report === null ? 'queue-title' : `line-${former.report}`)
        return home
      })
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])

  const comeHome = (): void => {
    if (isUp()) history.back()
    else if (leaves()) setPlace(home)
  }
  const go = (next: AppPlace): void => {
    if (next.screen === home.screen && next.report === home.report) {
      comeHome()
      return
    }
    if (!leaves()) return
    stepUp()
    setPlace(next)
  }
  const guard: Navigation['guard'] = (asked) => {
    mayLeave.current = asked
    if (asked) stepUp()
  }
  return { place, go, home: comeHome, guard }
}

/** Focuses an element once the screen has changed. */
export const focusSoon = (id: string): void =>
  void setTimeout(() => document.getElementById(id)?.focus())

// Guarantee: only this file writes the history's state.
const isUp = (): boolean => (history.state as { up?: boolean } | null)?.up === true

function stepUp(): void {
  if (!isUp()) history.pushState({ up: true }, '')
}

/** Makes the browser ask before it closes a tab with unsaved text. */
export function useLeaveWarning(isUnfinished: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isUnfinished()) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  })
}
