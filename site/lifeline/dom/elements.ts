// Makes the elements that tools add to a page: text nodes and simple elements in the page's style.

/** Returns one of the tool's sentences with the placeholders filled in. */
export const word = (key: string, fill: Readonly<Record<string, string | number>> = {}): string =>
  (WORDS[key] || key).replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name]))

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  words = '',
  className = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.textContent = words
  if (className) element.className = className
  return element
}

export function makeButton(words: string, act: () => void): HTMLButtonElement {
  const button = make('button', words)
  button.type = 'button'
  button.addEventListener('click', act)
  return button
}

export function makeBar(max: number): HTMLProgressElement {
  const bar = make('progress')
  bar.max = max
  // The bar has the text's colour, like the checkboxes.
  bar.style.cssText = 'width:100%;accent-color:currentcolor'
  return bar
}

let boxes = 0

/** Makes a checkbox with its label in the page's style. The entire row can be tapped. */
export function makeTick(words: string, act: (on: boolean) => void): HTMLElement {
  const row = make('div')
  const box = make('input', '', 'dot')
  box.type = 'checkbox'
  box.id = 'tick' + String(++boxes)
  box.addEventListener('change', () => {
    act(box.checked)
  })
  const label = make('label', words)
  label.htmlFor = box.id
  row.append(box, label)
  return row
}

const KB = 1024
const MB = 1024 * 1024

export const formatSize = (bytes: number): string =>
  bytes < MB
    ? word('kb', { n: Math.max(1, Math.round(bytes / KB)) })
    : word('mb', { n: (bytes / MB).toFixed(1).replace('.0', '').replace('.', word('point')) })
