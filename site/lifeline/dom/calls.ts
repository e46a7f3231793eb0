// Moves the page's one block of calls to the place where a person needs it: below "Yes", to a
// failure, to the receipt, or into the panel of the bar.
import { byId } from './by-id.ts'
import { on } from './page.ts'

const calls = byId('calls')
const panel = byId('panel')
const tab = byId('numbers')
const origin = calls.parentNode as Node
/** The place of the block while the panel is closed. */
let place = origin
/** The call that the person pressed last. */
let pressed: Element | null = null

/** Puts the block at the end of a node, or back to its first place. */
export const placeCalls = (to = origin): void => {
  place = to
  if (panel.hidden) to.appendChild(calls)
}

/** Returns a copy of the call that was pressed, else the calls of the chosen place. */
export const firstCalls = (): Node =>
  pressed
    ? pressed.cloneNode(true)
    : (calls.querySelectorAll('.calls')[byId<HTMLInputElement>('inside').checked ? 1 : 0] as Node)

const toggle = (): void => {
  const isOpen = panel.hidden
  panel.hidden = !isOpen
  ;(isOpen ? panel : place).appendChild(calls)
  // The keyboard stays in the panel, where the browser has `inert`.
  for (const part of document.querySelectorAll<HTMLElement>('header,main')) part.inert = isOpen
  ;(isOpen ? panel : tab).focus()
}

calls.addEventListener('click', (event) => {
  pressed = (event.target as Element).closest('a') || pressed
})
on('click', tab, toggle)
on('click', byId('close'), toggle)
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !panel.hidden) toggle()
})
