import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface StepCardProps {
  title: string
  /** label of the button that cancels the steps */
  stop: string
  onCancel: () => void
  children: ComponentChildren
}

/**
 * Renders the frame for each step of adding a slot or making new keys. The title of a new step
 * receives focus.
 */
export function StepCard({ title, stop, onCancel, children }: StepCardProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [title])
  return (
    <section class="card step-card">
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {children}
      <button type="button" class="plain" onClick={onCancel}>
        {stop}
      </button>
    </section>
  )
}
