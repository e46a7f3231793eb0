/**
 * Moves the focus to newly loaded content. A menu that a person has opened in the meantime remains
 * open: it closes when the focus leaves it.
 */
export function takeFocus(element: HTMLElement | null): void {
  if (!document.querySelector('.menu[open]')) element?.focus()
}
