// A button that a form replaces. The focus moves into the form, because the pressed button is gone.
import { type ComponentChildren } from 'preact'
import { focusNewForm } from './focus-form.ts'

interface OpensFormProps {
  /** shows the form in place of the button */
  onOpen: () => void
  children: ComponentChildren
}

export function OpensForm({ onOpen, children }: OpensFormProps) {
  const open = (): void => {
    focusNewForm()
    onOpen()
  }
  return (
    <button type="button" onClick={open}>
      {children}
    </button>
  )
}
