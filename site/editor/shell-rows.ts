// Makes the lines of the lists on the page of `npm run edit`.

/** Makes a line of a list: a button, or plain text when the line opens nothing. */
export function row(text: string, onPress: (() => void) | null): HTMLLIElement {
  const line = document.createElement('li')
  const inside = document.createElement(onPress === null ? 'span' : 'button')
  inside.textContent = text
  if (inside instanceof HTMLButtonElement) inside.type = 'button'
  if (onPress !== null) inside.addEventListener('click', onPress)
  line.append(inside)
  return line
}

/** Makes small text below a line. */
export function small(text: string): HTMLSpanElement {
  const span = document.createElement('span')
  span.textContent = text
  return span
}
