// A labelled field: hint before it, the mistake beside it, both read out with it.
import { useId } from 'preact/hooks'

interface FieldProps {
  label: string
  hint?: string
  mistake?: string | null
  value: string
  onInput: (text: string) => void
  rows?: number
  secret?: boolean
  /** a code on paper: no corrections by the keyboard */
  code?: boolean
  autocomplete?: string
  maxLength?: number
}

export function Field(props: FieldProps) {
  const { label, hint, mistake, value, onInput, rows, secret, code, maxLength } = props
  const id = useId()
  const described = [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ')
  const common = {
    id,
    value,
    maxLength,
    class: code ? 'code' : undefined,
    autocomplete: props.autocomplete ?? 'off',
    autocapitalize: code || secret ? ('off' as const) : undefined,
    spellcheck: !(code || secret),
    'aria-describedby': described || undefined,
    'aria-invalid': mistake ? true : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {rows || code ? (
        <textarea rows={rows ?? 2} onKeyDown={code ? sendOnEnter : undefined} {...common} />
      ) : (
        <input type={secret ? 'password' : 'text'} {...common} />
      )}
      {mistake && (
        <p class="mistake" id={`${id}-mistake`} role="alert">
          {mistake}
        </p>
      )}
    </div>
  )
}

// A code may run over two lines on a phone, but it is one line to the person who types it.
function sendOnEnter(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key !== 'Enter') return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}
