// Fetches the code of the alert settings on demand, because an admin opens them rarely.
import { ErrorMessage } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import { useMessages } from '../i18n/messages.tsx'
import type { SettingsProps } from './alert-settings.tsx'

const fetchPage = async () => (await import('./alert-settings.tsx')).AlertSettingsPage

export function LoadAlertSettings(props: SettingsProps) {
  const { t } = useMessages()
  const { Part: Page, why, again } = useFetched(fetchPage)
  if (Page) return <Page {...props} />
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
