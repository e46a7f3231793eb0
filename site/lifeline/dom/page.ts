// Provides the few functions with which scripts change a page. These functions write only text, so
// that words never become markup.
import { watchQuickExit } from '../../enhance/quick-exit.ts'
import { byId } from './by-id.ts'

/** The keys that the build wrote into the page. The `renew` tool contains the pinned root. */
export interface Pinned {
  /** epoch of the newest manifest at build time */
  epoch: number
  /** intake key of that manifest, 65 bytes in base64url */
  key: string
  /** last day (in days since 1970, UTC) of that manifest and of its admin's certificate */
  until: number
}

export interface Page extends Pinned {
  /** origins of the API: this site's own, then its siblings */
  hosts: string[]
  say: Readonly<Record<string, string>>
}

/** The JSON that the build wrote into the page. */
export const page = JSON.parse(byId('page').textContent) as Page

/** Returns one of the page's sentences with `{n}` filled in. */
export const say = (key: string, n?: number): string =>
  (page.say[key] || '').replace('{n}', String(n))

/** Runs `act` instead of the browser's default action. */
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

/** Shows an element and focuses it, so that the viewport and a screen reader follow. */
export const goTo = (element: HTMLElement): void => {
  element.hidden = false
  element.focus()
}

/**
 * Marks the page as able to seal. Without the mark the page is a form and shows the form's notice.
 */
export const setSealing = (here: boolean): void => {
  document.documentElement.className = here ? 'js' : ''
}

/**
 * Ends the start-up of a script. Until this call, the page is a form.
 *
 * @param replacePage  replaces all of this page's entries in the history with one address
 */
export const enableScript = (replacePage?: (address: string) => void): void => {
  // Until this point, the page's first script has blocked every submission.
  onerror = null
  watchQuickExit(replacePage)
  setSealing(true)
}
