// Moves the page's single block of calls to the place where a person needs it. The places are below
// "Yes", below a failure, below the receipt, and at the top of the page.
import { byId } from './by-id.ts'
import { on } from './page.ts'

const calls = byId('calls')
const panel = byId('panel')
const tab = byId('numbers')
const origin = calls.parentNode!
/** The place of the block while the panel is closed. */
let place = origin
/** The call that the person pressed last. */
let pressed: Element | null = null
/** The chosen place: abroad or inside the country. */
let chosen = 0

/** Moves the block to the end of a node, or back to its original place. */
export const placeCalls = (to = origin): void => {
  place = to
  if (panel.hidden) to.appendChild(calls)
}

/** Returns a copy of the call that was pressed, or else the calls for the chosen place. */
export const firstCalls = (): Node =>
  pressed ? pressed.cloneNode(true) : calls.querySelectorAll('.calls')[chosen]!

calls.querySelectorAll('button').forEach((choice, at, choices) => {
  on('click', choice, () => {
    chosen = at
    choices.forEach((each, place) => {
      each.setAttribute('aria-pressed', String(place === at))
      calls.querySelectorAll<HTMLElement>('.place')[place]!.hidden = place !== at
    })
  })
})

const toggle = (): void => {
  panel.hidden = !panel.hidden
  ;(panel.hidden ? place : panel).appendChild(calls)
  ;(panel.hidden ? tab : panel).focus()
}

calls.addEventListener('click', (event) => {
  pressed = (event.target as Element).closest('a') || pressed
})
on('click', tab, toggle)
on('click', byId('close'), toggle)
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !panel.hidden) toggle()
})
