/**
 * Moves the focus to newly loaded content. A menu that a person has opened in the meantime keeps
 * the focus, because losing the focus closes the menu.
 */
export function takeFocus(element: HTMLElement | null): void {
  if (!document.querySelector('.menu[open]')) element?.focus()
}

/** Focuses the title of the screen, because the pressed button has disappeared. */
export function focusTitle(): void {
  const titles = document.querySelectorAll<HTMLElement>('main h2')
  titles[titles.length - 1]?.focus({ preventScroll: true })
}
