// Fetches the code for screens on demand, because on most days nobody needs them.
import type { ComponentType } from 'preact'
import { WhenLoaded } from '../ui/when-loaded.tsx'

const loaded =
  <Props extends object>(fetchPage: () => Promise<ComponentType<Props>>) =>
  (props: Props) => (
    <WhenLoaded isScreen fetchPart={fetchPage}>
      {(Page) => <Page {...props} />}
    </WhenLoaded>
  )

export const LoadAlertSettings = loaded(
  async () => (await import('../alerts/alert-settings.tsx')).AlertSettingsPage,
)
export const LoadWaiting = loaded(
  async () => (await import('../waiting/waiting-page.tsx')).WaitingReportsPage,
)
export const LoadDiscard = loaded(
  async () => (await import('../discard/discard-page.tsx')).DiscardPage,
)
export const LoadPeople = loaded(async () => (await import('../people/people-page.tsx')).PeoplePage)
export const LoadInvite = loaded(async () => (await import('../people/invite.tsx')).InvitePage)
export const LoadKeys = loaded(async () => (await import('../keys/keys-page.tsx')).KeysPage)
export const LoadOwnKeys = loaded(
  async () => (await import('../own-keys/own-keys-page.tsx')).OwnKeysPage,
)
export const LoadShift = loaded(
  async () => (await import('../case/screen/shift/end-shift-page.tsx')).EndShiftPage,
)
export const LoadRegister = loaded(
  async () => (await import('../register/register-page.tsx')).RegisterPage,
)
export const LoadFigures = loaded(
  async () => (await import('../figures/figures-page.tsx')).FiguresPage,
)
export const LoadFirstDay = loaded(
  async () => (await import('../first-day/first-day-page.tsx')).FirstDayPage,
)
export const LoadLetter = loaded(async () => (await import('../letter/letter-page.tsx')).LetterPage)
export const LoadTemplates = loaded(
  async () => (await import('../templates/templates-page.tsx')).TemplatesPage,
)
export const LoadHelp = loaded(async () => (await import('../help/help-screen.tsx')).HelpScreen)
export const LoadLog = loaded(async () => (await import('../log/log-page.tsx')).LogPage)
