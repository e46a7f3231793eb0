// Fetches the code of the alert settings on demand, because an admin opens them rarely.
import { ErrorMessage } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import { useMessages } from '../i18n/messages.tsx'
import type { SettingsProps } from './alert-settings.tsx'

const fetchRoom = async () => (await import('./alert-settings.tsx')).AlertSettingsPage

export function LoadAlertSettings(props: SettingsProps) {
  const { t } = useMessages()
  const { Part: Room, why, again } = useFetched(fetchRoom)
  if (Room) return <Room {...props} />
  return (
    <main class="room">
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
