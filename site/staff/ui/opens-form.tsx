// Shows a button that is replaced by a form when a person presses it. The focus moves into the
// form, because the pressed button has disappeared.
import { type ComponentChildren } from 'preact'
import { focusNewForm } from './focus-form.ts'

interface OpensFormProps {
  /** shows the form in place of the button */
  onOpen: () => void
  /** shows a plus next to the heading, with the label for screen readers and as a tooltip */
  isPlus?: boolean
  /** the key that presses the button */
  shortcut?: string | undefined
  children: ComponentChildren
}

export function OpensForm({ onOpen, isPlus = false, shortcut, children }: OpensFormProps) {
  const open = (): void => {
    focusNewForm()
    onOpen()
  }
  return (
    <button
      type="button"
      class={isPlus ? 'plus' : undefined}
      title={isPlus && typeof children === 'string' ? children : undefined}
      aria-keyshortcuts={shortcut}
      onClick={open}
    >
      {isPlus ? <span class="apart">{children}</span> : children}
    </button>
  )
}
