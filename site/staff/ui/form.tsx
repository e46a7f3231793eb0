import { createContext, type ComponentChildren, type TargetedKeyboardEvent } from 'preact'
import { useContext, useId } from 'preact/hooks'

/** true while the surrounding form is being saved */
const SavingContext = createContext(false)

interface FormProps {
  onSubmit: () => void | Promise<void>
  /** closes the form; Escape does the same while no field contains text */
  onCancel?: () => void
  /**
   * true while the form is being saved. A form that closes afterwards would lose words typed
   * meanwhile, so its text fields accept none.
   */
  busy?: boolean
  children: ComponentChildren
}

/**
 * Shows a form that the app itself submits, because a submission by the browser would leave the
 * page. Ctrl+Enter submits the form from any field. On submission, the first invalid field receives
 * focus, even if `onSubmit` finds the mistake later.
 */
export function Form({ onSubmit, onCancel, busy = false, children }: FormProps) {
  const pressKey = (event: TargetedKeyboardEvent<HTMLFormElement>): void => {
    if (event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.currentTarget.requestSubmit()
    }
    if (!onCancel || event.key !== 'Escape') return
    // The surrounding screen ignores an Escape whose default action was prevented.
    event.preventDefault()
    if (![...event.currentTarget.elements].some(hasText)) onCancel()
  }
  return (
    <form
      onKeyDown={pressKey}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        void Promise.resolve(onSubmit()).then(() =>
          setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()),
        )
      }}
    >
      <SavingContext.Provider value={busy}>{children}</SavingContext.Provider>
    </form>
  )
}

const TEXT_TYPES = ['text', 'search', 'tel', 'email', 'password']

/** Returns true for a text field that is not empty. */
export const hasText = (element: Element): boolean =>
  (element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && TEXT_TYPES.includes(element.type))) &&
  element.value.trim() !== ''

/** Returns true for an element that accepts typed letters or handles arrow keys itself. */
export const isTyping = (element: Element): boolean =>
  element.matches('textarea, select, [contenteditable], input:not([type="checkbox"])')

interface FieldProps {
  label: string
  hint?: string
  mistake?: string | null
  value: string
  onInput: (text: string) => void
  rows?: number
  secret?: boolean
  /** true for a code from paper, which the keyboard must not correct */
  code?: boolean
  autocomplete?: string
  maxLength?: number
  /** the key that focuses the field */
  shortcut?: string
}

/**
 * Shows a labelled field with a hint and an error. Screen readers announce the hint and the error.
 */
export function Field(props: FieldProps) {
  const { label, hint, mistake, value, onInput, rows, secret, code, maxLength } = props
  const id = useId()
  const described = [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ')
  const common = {
    id,
    value,
    readOnly: useContext(SavingContext),
    maxLength,
    class: code ? 'code' : undefined,
    autocomplete: props.autocomplete ?? 'off',
    autocapitalize: code || secret ? ('off' as const) : undefined,
    spellcheck: !(code || secret),
    'aria-describedby': described || undefined,
    'aria-invalid': mistake ? true : undefined,
    'aria-keyshortcuts': props.shortcut,
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

// Submits the form on Enter, because a code is one line, even when it wraps on a phone.
function sendOnEnter(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key !== 'Enter') return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

/**
 * Returns the number of characters that still fit. A character counts as two bytes, because a
 * Cyrillic letter takes two.
 */
export const lettersIn = (bytes: number): number => Math.ceil(bytes / 2)
