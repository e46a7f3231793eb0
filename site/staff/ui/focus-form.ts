// Moves the focus into a form that replaces the pressed button.

/**
 * Focuses the first field of the form that the caller is about to show, and scrolls the form into
 * view.
 */
export function focusNewForm(): void {
  const former = new Set(document.forms)
  setTimeout(() => {
    const form = [...document.forms].find((each) => !former.has(each))
    form?.scrollIntoView({ block: 'nearest' })
    form?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  })
}
