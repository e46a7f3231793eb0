// Makes the choices, lines and questions that a tool adds to the form.
import type { IconName } from '../../components/pictures/icons.ts'
import { byId } from '../dom/by-id.ts'
import { make, word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'
import { addIcon } from './add-icon.ts'

export interface Choice {
  value: string
  words: string
  icon?: IconName | undefined
}

// The page's style shows a choice as a row with a box. These styles hide the box. The focus and the
// choice are still visible, because the page's style marks the words after the box.
const CHIP = 'min-height:44px;margin:0 8px 8px 0;padding:9px 14px;line-height:1.2'
const TILE =
  'display:flex;flex-direction:column;align-items:center;justify-content:center;height:100%;' +
  'min-height:76px;margin:0;padding:8px 2px;line-height:1.2;text-align:center;' +
  'overflow-wrap:normal'

/**
 * Adds the choices as rows.
 *
 * @returns for each choice, the element that contains its words; the page's style frames this
 *   element
 */
export function addChoices(
  parent: Element,
  name: string,
  several: boolean,
  choices: Choice[],
): HTMLElement[] {
  return choices.map(({ value, words, icon }) => {
    const label = add(parent, 'label')
    const box = add(label, 'input', '', 'dot')
    box.type = several ? 'checkbox' : 'radio'
    box.name = name
    box.value = value
    const row = add(label, 'span')
    if (icon) addIcon(row, icon)
    row.append(words)
    return row
  })
}

/** Hides the box, so that the entire label looks like a button. */
function hideBox(row: HTMLElement): void {
  const box = row.previousElementSibling as HTMLElement
  box.style.opacity = '0'
}

/** Adds short choices side by side. */
export function addChips(
  parent: Element,
  title: string,
  ...[name, several, choices]: [string, boolean, Choice[]]
): void {
  const group = add(parent, 'div')
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', title)
  for (const row of addChoices(group, name, several, choices)) {
    row.parentElement!.style.display = 'inline-block'
    row.style.cssText = CHIP
    hideBox(row)
  }
}

/** Adds the choices of a question as tiles, each with an icon above its words. */
export function addTiles(parent: Element, name: string, choices: Choice[]): void {
  const tiles = add(parent, 'div')
  tiles.style.cssText = 'display:flex;flex-wrap:wrap;margin:0 -4px .75rem;font-size:.8rem'
  for (const row of addChoices(tiles, name, false, choices)) {
    row.parentElement!.style.cssText = 'flex:1 1 5.2em;margin:4px'
    row.style.cssText = TILE
    row.querySelector('svg')!.style.margin = '0 0 4px'
    hideBox(row)
  }
}

export function makeStep(question: string, hint = ''): HTMLFieldSetElement {
  const step = make('fieldset', '', 'step')
  add(add(step, 'legend'), 'h1', word(question))
  if (hint) add(step, 'p', word(hint))
  return step
}

export function addLine(parent: Element, name: string, words: string): HTMLInputElement {
  const label = add(parent, 'label', word(words), 'over')
  const line = add(parent, 'input')
  line.name = line.id = label.htmlFor = name
  line.maxLength = 120
  return line
}

/** Calls `follow` now and after each change to the form. */
export function followForm(follow: () => void): void {
  byId('form').addEventListener('change', follow)
  follow()
}

/** Hides a question while `isAsked` is false, and keeps its answers out of the report. */
export const askWhile = (box: HTMLFieldSetElement, isAsked: () => boolean): void => {
  followForm(() => {
    box.disabled = box.hidden = !isAsked()
  })
}
