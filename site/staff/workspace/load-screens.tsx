// Fetches the code of screens on demand, because most days nobody opens them.
import { WhenLoaded } from '../ui/when-loaded.tsx'
import type { SettingsProps } from '../alerts/alert-settings.tsx'
import type { DiscardPageProps } from '../discard/discard-page.tsx'
import type { WaitingPageProps } from '../waiting/waiting-page.tsx'

const fetchSettings = async () => (await import('../alerts/alert-settings.tsx')).AlertSettingsPage
const fetchWaiting = async () => (await import('../waiting/waiting-page.tsx')).WaitingReportsPage
const fetchDiscard = async () => (await import('../discard/discard-page.tsx')).DiscardPage

export const LoadAlertSettings = (props: SettingsProps) => (
  <WhenLoaded fetchPart={fetchSettings}>{(Page) => <Page {...props} />}</WhenLoaded>
)
export const LoadWaiting = (props: WaitingPageProps) => (
  <WhenLoaded fetchPart={fetchWaiting}>{(Page) => <Page {...props} />}</WhenLoaded>
)
export const LoadDiscard = (props: DiscardPageProps) => (
  <WhenLoaded fetchPart={fetchDiscard}>{(Page) => <Page {...props} />}</WhenLoaded>
)
