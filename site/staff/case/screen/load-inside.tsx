// Fetches the code for the staff's side when a case is shown, so that the first screen stays small.
import { useMessages } from '../../i18n/messages.tsx'
import { FailedLoad } from '../../ui/errors.tsx'
import { useFetched } from '../../ui/use-fetched.ts'
import type { InsideProps } from './inside.tsx'

const fetchInside = async () => (await import('./inside.tsx')).CaseInside

export function LoadInside(props: InsideProps) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchInside)
  return (
    <section class="inside" aria-labelledby={Part ? 'inside-title' : undefined}>
      {Part ? <Part {...props} /> : <p role="status">{why === null && t('staff.loading')}</p>}
      <FailedLoad why={why} again={again} />
    </section>
  )
}
