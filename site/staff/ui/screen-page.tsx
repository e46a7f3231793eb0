// Renders every screen other than the list as one column, with a back button and the title.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { takeFocus } from './take-focus.ts'

interface ScreenPageProps {
  title: string
  /** null for a person who has no list to return to */
  onBack: (() => void) | null
  /** identifies the state of the screen; a new state focuses the title again */
  state?: string
  /** an additional class, for a screen with its own layout */
  kind?: 'help' | 'figures'
  children: ComponentChildren
}

export function ScreenPage({ title, onBack, state, kind, children }: ScreenPageProps) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(heading.current), [state])
  return (
    <main class={kind ? `screen ${kind}` : 'screen'}>
      {onBack && (
        <button type="button" class="back" onClick={onBack}>
          {t('staff.back')}
        </button>
      )}
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </main>
  )
}
