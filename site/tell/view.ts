// The few ways in which a script touches its page. Text only: nothing here can make markup of words.
import { watchQuickExit } from '../components/quick-exit.ts'
import type { Pinned } from './pinned.ts'

export interface Page extends Pinned {
  /** where our API is: this site's own origin, then its siblings */
  hosts: string[]
  say: Readonly<Record<string, string>>
}

/** The element with this id. Templates and scripts are built together: one that is missing is a broken build. */
export const byId = <T extends HTMLElement = HTMLElement>(id: string): T =>
  document.getElementById(id) as T

/** What the build wrote into the page as JSON. */
export const page = JSON.parse(byId('page').textContent) as Page

/** A sentence of the page, `{n}` filled in. */
export const say = (key: string, n?: number): string =>
  (page.say[key] || '').replace('{n}', String(n))

/** Does `act` instead of what the browser would do by itself. */
export const on = (
  type: 'click' | 'submit' | 'change',
  element: HTMLElement,
  act: () => void,
): void => {
  element.addEventListener(type, (event) => {
    event.preventDefault()
    act()
  })
}

/** Shows an element and moves the focus, and with it the screen and the reader's voice, to it. */
export const goTo = (element: HTMLElement): void => {
  element.hidden = false
  element.focus()
}

/** False: the page is, or is again, the plain form, and says what that means. */
export const sealsHere = (here: boolean): void => {
  document.documentElement.className = here ? 'js' : ''
}

/** The last act of a script: until here the page is the plain form. */
export const takeOver = (): void => {
  watchQuickExit()
  sealsHere(true)
}
