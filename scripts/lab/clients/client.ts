// Defines the interface between the journey and a browser, so that the journey does not depend on
// the driver.
import { setTimeout as wait } from 'node:timers/promises'

export interface Client {
  open: (url: string) => Promise<void>
  /** Evaluates a JavaScript expression in the page. */
  ask: <T>(expression: string) => Promise<T>
  /** Presses an element as a finger would. */
  press: (selector: string) => Promise<void>
  /** Types into a field with the keyboard. */
  type: (selector: string, text: string) => Promise<void>
  /** Chooses a file from this machine for a file field. */
  choose: (selector: string, file: string) => Promise<void>
  close: () => Promise<void>
}

/** `start` opens the browser, or returns the reason why this machine lacks it. */
export interface ClientKind {
  name: string
  start: () => Promise<Client | string>
}

const POLL_MS = 200
const USUAL_MS = 30_000

/** Waits until an expression is true in the page. @throws with `what` when time runs out */
export async function until(
  client: Client,
  what: string,
  expression: string,
  ms = USUAL_MS,
): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await client.ask<boolean>(`!!(${expression})`).catch(() => false)) return
    await wait(POLL_MS)
  }
  throw new Error(`${what} did not come within ${ms / 1000} s`)
}

/**
 * Returns the text of a script that scrolls an element into view and returns its centre. The script
 * throws when another element covers the centre.
 */
export const placeOf = (selector: string): string => `(() => {
  const element = document.querySelector(${JSON.stringify(selector)})
  element.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const at = [left + width / 2, top + height / 2]
  const hit = document.elementFromPoint(at[0], at[1])
  if (!hit || !(element.contains(hit) || hit.contains(element))) throw new Error('covered')
  return at
})()`

export const isShown = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})]` +
  '.some((each) => each.getClientRects().length)'

export const textContentOf = (selector: string): string =>
  `(document.querySelector(${JSON.stringify(selector)}) || {}).textContent || ''`
