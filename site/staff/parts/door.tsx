// The frame of every screen before the desk: one narrow column, the language switch at its end.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Curl } from './curl.tsx'
import { LanguageSwitch } from './language-switch.tsx'

interface DoorProps {
  title: string
  /** above the title: which step of how many */
  step?: string
  children: ComponentChildren
}

export function Door({ title, step, children }: DoorProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // A new screen begins at its title, also for those who listen to it.
  useEffect(() => heading.current?.focus(), [title])
  return (
    <main class="door">
      <Curl />
      {step && <p class="step">{step}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      <LanguageSwitch />
    </main>
  )
}
