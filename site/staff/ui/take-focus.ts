/**
 * Moves the focus to what has just loaded. A menu that a person opened meanwhile stays open: it
 * closes when the focus leaves it.
 */
export function takeFocus(element: HTMLElement | null): void {
  if (!document.querySelector('.menu[open]')) element?.focus()
}
