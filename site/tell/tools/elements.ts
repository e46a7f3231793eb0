// What tools put on their page: text nodes and plain elements, in the page's own style.

/** A sentence of the tool, its places filled in. */
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
  // In the colour of the text, as the boxes to tick are.
  bar.style.cssText = 'width:100%;accent-color:currentcolor'
  return bar
}

let boxes = 0

/** A box to tick with its words, as the page has them: the whole row is the target. */
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

export const sizeOf = (bytes: number): string =>
  bytes < MB
    ? word('kb', { n: Math.max(1, Math.round(bytes / KB)) })
    : word('mb', { n: (bytes / MB).toFixed(1).replace('.0', '').replace('.', word('point')) })
