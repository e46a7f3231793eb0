// Moves the focus into a form that replaces the pressed button.

/**
 * Focuses the first field of the next new form, and brings the rest of the form into view. The
 * caller then shows the form.
 */
export function focusNewForm(): void {
  const former = new Set(document.forms)
  setTimeout(() => {
    const form = [...document.forms].find((each) => !former.has(each))
    form?.scrollIntoView({ block: 'nearest' })
    form?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  })
}
