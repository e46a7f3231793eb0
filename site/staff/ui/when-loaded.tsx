// Fetches the code of a rarely shown screen on demand, and shows a sentence meanwhile.
import { type ComponentChildren, type ComponentType } from 'preact'
import { ErrorMessage } from './errors.tsx'
import { useFetched } from './use-fetched.ts'
import { useMessages } from '../i18n/messages.tsx'

interface WhenLoadedProps<Props> {
  fetchPart: () => Promise<ComponentType<Props>>
  children: (Part: ComponentType<Props>) => ComponentChildren
}

export function WhenLoaded<Props>({ fetchPart, children }: WhenLoadedProps<Props>) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchPart)
  if (Part) return <>{children(Part)}</>
  return (
    <main class="screen">
      <p role="status">{why === null && t('staff.loading')}</p>
      <ErrorMessage why={why} />
      {why !== null && (
        <button type="button" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      )}
    </main>
  )
}
