import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'

interface StepCardProps {
  title: string
  onCancel: () => void
  children: ComponentChildren
}

/** Frames a step of adding a slot. The focus goes to the title of a new step. */
export function StepCard({ title, onCancel, children }: StepCardProps) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [title])
  return (
    <section class="card step-card">
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {children}
      <button type="button" class="plain" onClick={onCancel}>
        {t('staff.own.add.stop')}
      </button>
    </section>
  )
}
