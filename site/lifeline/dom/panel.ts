// Makes the panel that a tool adds after its button, with sections, fields and buttons.
import { make, word } from './elements.ts'

export function add<Tag extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: Tag,
  words = '',
  className = '',
): HTMLElementTagNameMap[Tag] {
  const child = parent.appendChild(make(tag, words, className))
  // The page's style leaves no space between the paragraphs of a field.
  if (tag === 'p') child.style.margin = '0 0 .75rem'
  return child
}

export function addButton(parent: Element, words: string, act: () => unknown): HTMLButtonElement {
  const button = add(parent, 'button', words)
  button.type = 'button'
  button.style.marginTop = '.5rem'
  button.addEventListener('click', () => void act())
  return button
}

let made = 0

/** Adds a field with its label above it. The browser does not remember the field's value. */
export function addField<Tag extends 'input' | 'textarea'>(
  parent: Element,
  tag: Tag,
  words: string,
): HTMLElementTagNameMap[Tag] {
  const label = add(parent, 'label', words)
  label.style.marginTop = '.75rem'
  const field = add(parent, tag)
  label.htmlFor = field.id = 'made-' + WORDS['name'] + String(++made)
  field.autocomplete = 'off'
  return field
}

/** Makes the tool's only panel, or empties it, and focuses its heading. */
export function openPanel(after: Element, words: string): HTMLElement {
  const id = 'panel-' + WORDS['name']
  const panel = document.getElementById(id) || document.createElement('section')
  panel.id = id
  panel.className = 'note script'
  panel.textContent = ''
  after.after(panel)
  const heading = add(panel, 'h2', words)
  heading.tabIndex = -1
  heading.focus()
  return panel
}

/**
 * Adds the section of one choice. The section shows the choice and the traces that the choice
 * leaves.
 */
export function addWay(panel: Element, words: string, traces: string): HTMLElement {
  const way = add(panel, 'div')
  const heading = add(way, 'h3', words)
  heading.style.margin = '1.5rem 0 .25rem'
  heading.style.fontSize = '1.1rem'
  add(way, 'p', traces, 'soft')
  return way
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  document.body.appendChild(link).click()
  link.remove()
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, 60_000)
}

/**
 * Copies with execCommand, which all browsers have. The text remains selected, so that a person can
 * copy it by hand.
 */
export function copyFrom(field: HTMLTextAreaElement, button: HTMLButtonElement): void {
  field.select()
  if (document.execCommand('copy')) button.textContent = word('copied')
}
