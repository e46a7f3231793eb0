// What a tool adds after the button that started it: its panel, with ways, fields and buttons.
import { make, word } from './elements.ts'

export function add<Tag extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: Tag,
  words = '',
  className = '',
): HTMLElementTagNameMap[Tag] {
  const child = parent.appendChild(make(tag, words, className))
  // Within a field of the page paragraphs have no space between them.
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

/** A field with its label above it. */
export function addField<Tag extends 'input' | 'textarea'>(
  parent: Element,
  tag: Tag,
  words: string,
): HTMLElementTagNameMap[Tag] {
  const label = add(parent, 'label', words)
  label.style.marginTop = '.75rem'
  const field = add(parent, tag)
  label.htmlFor = field.id = 'made-' + WORDS['name'] + String(++made)
  return field
}

/** The tool's own place on the page, empty, with a heading that has the focus. The same tool has one only. */
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

/** One way of several: what it is, and what it leaves behind. */
export function addWay(panel: Element, words: string, honest: string): HTMLElement {
  const way = add(panel, 'div')
  const heading = add(way, 'h3', words)
  heading.style.margin = '1.5rem 0 .25rem'
  heading.style.fontSize = '1.1rem'
  add(way, 'p', honest, 'soft')
  return way
}

/** Hands a file to the browser's downloads. */
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

/** The old way: it works in all browsers, and leaves the text selected where a person can copy by hand. */
export function copyFrom(field: HTMLTextAreaElement, button: HTMLButtonElement): void {
  field.select()
  if (document.execCommand('copy')) button.textContent = word('copied')
}
