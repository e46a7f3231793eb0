// Renders the frame of a recovery step: its number, its title, and the way back to the beginning.
import { type ComponentChildren } from 'preact'
import { useMessages } from '../i18n/messages.tsx'
import { NarrowPage } from '../ui/narrow-page.tsx'

const STEPS = 5

interface StepPageProps {
  n: number
  title: string
  /** wipes the keys; absent on the first step */
  onRestart?: () => void
  children: ComponentChildren
}

export function StepPage({ n, title, onRestart, children }: StepPageProps) {
  const { t } = useMessages()
  return (
    <NarrowPage title={title} step={t('recovery.step', { n, all: STEPS })}>
      {children}
      {onRestart && (
        <button type="button" class="plain" onClick={onRestart}>
          {t('recovery.wipe')}
        </button>
      )}
    </NarrowPage>
  )
}
