// Fetches the code of a rarely shown screen, or of part of one. Shows a sentence until the code
// arrives.
import { type ComponentChildren, type ComponentType } from 'preact'
import { FailedLoad } from './errors.tsx'
import { useFetched } from './use-fetched.ts'
import { useMessages } from '../i18n/messages.tsx'

interface WhenLoadedProps<Props> {
  fetchPart: () => Promise<ComponentType<Props>>
  /** true for an entire screen, which has its own main landmark */
  isScreen?: boolean
  children: (Part: ComponentType<Props>) => ComponentChildren
}

export function WhenLoaded<Props>({ fetchPart, isScreen, children }: WhenLoadedProps<Props>) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchPart)
  if (Part) return <>{children(Part)}</>
  const waiting = (
    <>
      <p role="status">{why === null && t('staff.loading')}</p>
      <FailedLoad why={why} again={again} />
    </>
  )
  return isScreen ? <main class="screen">{waiting}</main> : <div class="outcome">{waiting}</div>
}
