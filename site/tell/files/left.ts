// What was chosen and does not go along, said where the person sees that the report has arrived.
import { byId } from '../view.ts'
import { make, word } from '../tools/elements.ts'

const names: string[] = []

/** Says it of these, and again of all before them. */
export function tellLeft(more: string[]): void {
  if (!more.length) return
  names.push(...more)
  const told = document.getElementById('left') || make('p', '', 'wrong unprinted')
  told.id = 'left'
  told.setAttribute('role', 'alert')
  byId('done').insertBefore(told, byId('arrived').nextSibling)
  told.textContent = word('left', { names: names.join(', ') })
}
