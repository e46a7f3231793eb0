import { Component, type ComponentChildren } from 'preact'
import { useMessages } from '../i18n/messages.tsx'

/** Shows the error and the next step. Screen readers announce the message immediately. */
export function ErrorMessage({ why }: { why: unknown }) {
  const { sentence } = useMessages()
  return why === null || why === undefined ? null : (
    <p class="refused" role="alert">
      {sentence(why)}
    </p>
  )
}

interface FailedLoadProps {
  /** null after a success */
  why: unknown
  again: () => unknown
}

/** Shows the error, and a button for trying again. */
export function FailedLoad({ why, again }: FailedLoadProps) {
  const { t } = useMessages()
  return (
    <>
      <ErrorMessage why={why} />
      {why !== null && (
        <button type="button" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      )}
    </>
  )
}

interface BoundaryProps {
  /** the content to show when a child throws */
  instead: ComponentChildren
  children: ComponentChildren
}

/**
 * Catches an error that a child throws, and then shows `instead`, so that the workspace can still
 * be used.
 */
export class ErrorBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  override componentDidCatch(): void {
    this.setState({ failed: true })
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
