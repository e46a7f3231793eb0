// A form that the app sends: the browser's own sending would leave the page.
import { type ComponentChildren } from 'preact'

interface FormProps {
  onSubmit: () => void
  children: ComponentChildren
}

export function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
