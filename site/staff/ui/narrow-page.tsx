// Renders every screen outside the workspace as one narrow column, with the language switch at the
// end.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Logo } from './marks.tsx'
import { LanguageSwitch } from './language-switch.tsx'

interface DoorProps {
  title: string
  /** the line above the title: the number of this step and the total number of steps */
  step?: string
  children: ComponentChildren
}

export function NarrowPage({ title, step, children }: DoorProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Focuses the title of a new screen, so that a screen reader starts there.
  useEffect(() => heading.current?.focus(), [title])
  return (
    <main class="door">
      <Logo />
      {step && <p class="step">{step}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      <LanguageSwitch />
    </main>
  )
}
