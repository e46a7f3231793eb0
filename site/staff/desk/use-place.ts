// Where one stands at the desk. Whatever is not home stands one step up in the browser's history, so that Back comes home and never
// leaves the app by one touch.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Room } from './menu.tsx'

export interface Place {
  room: Room
  /** the report that is read */
  report: string | null
}

export interface Standing {
  place: Place
  go: (next: Place) => void
  home: () => void
  /**
   * Asked before the place is left; an answer of false stays there, and whoever gave it asks the person.
   * Setting one takes a step up, so that Back comes to it first.
   */
  guard: (mayLeave: (() => boolean) | null) => void
}

export function usePlace(home: Place): Standing {
  const [place, setPlace] = useState(home)
  const mayLeave = useRef<(() => boolean) | null>(null)
  const leaves = (): boolean => mayLeave.current?.() ?? true

  useEffect(() => {
    // The history knows only that one is not at home, not where.
    const back = (): void => {
      if (!leaves()) return stepUp()
      setPlace((former) => {
        if (former.report !== null) focusSoon(`line-${former.report}`)
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
  const go = (next: Place): void => {
    if (next.room === home.room && next.report === home.report) return comeHome()
    if (!leaves()) return
    stepUp()
    setPlace(next)
  }
  const guard: Standing['guard'] = (asked) => {
    mayLeave.current = asked
    if (asked) stepUp()
  }
  return { place, go, home: comeHome, guard }
}

const focusSoon = (id: string): void => void setTimeout(() => document.getElementById(id)?.focus())

// Guarantee: only this file writes the history's state.
const isUp = (): boolean => (history.state as { up?: boolean } | null)?.up === true

function stepUp(): void {
  if (!isUp()) history.pushState({ up: true }, '')
}
