// Fetches the code of a rarely shown screen, or part of one, and shows a sentence until it arrives.
import { type ComponentChildren, type ComponentType } from 'preact'
import { ErrorMessage } from './errors.tsx'
import { useFetched } from './use-fetched.ts'
import { useMessages } from '../i18n/messages.tsx'

interface WhenLoadedProps<Props> {
  fetchPart: () => Promise<ComponentType<Props>>
  /** true when the code is a part of a screen; a whole screen has its own main landmark */
  isInScreen?: boolean
  children: (Part: ComponentType<Props>) => ComponentChildren
}

export function WhenLoaded<Props>({ fetchPart, isInScreen, children }: WhenLoadedProps<Props>) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchPart)
  if (Part) return <>{children(Part)}</>
  const waiting = (
    <>
      <p role="status">{why === null && t('staff.loading')}</p>
      <ErrorMessage why={why} />
      {why !== null && (
        <button type="button" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      )}
    </>
  )
  return isInScreen ? <div class="outcome">{waiting}</div> : <main class="screen">{waiting}</main>
}
