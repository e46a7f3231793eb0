// Fetches the code of screens on demand, because nobody opens them on most days.
import type { SettingsProps } from '../alerts/alert-settings.tsx'
import type { EndShiftProps } from '../case/screen/shift/end-shift-page.tsx'
import type { DiscardPageProps } from '../discard/discard-page.tsx'
import type { FirstDayPageProps } from '../first-day/first-day-page.tsx'
import type { KeysPageProps } from '../keys/keys-page.tsx'
import type { LetterPageProps } from '../letter/use-entered-letter.ts'
import type { LogPageProps } from '../log/log-page.tsx'
import type { OwnKeysPageProps } from '../own-keys/own-keys-page.tsx'
import type { InvitePageProps } from '../people/invite.tsx'
import type { PeoplePageProps } from '../people/people-page.tsx'
import type { TemplatesPageProps } from '../templates/templates-page.tsx'
import { WhenLoaded } from '../ui/when-loaded.tsx'
import type { WaitingPageProps } from '../waiting/waiting-page.tsx'

const fetchSettings = async () => (await import('../alerts/alert-settings.tsx')).AlertSettingsPage
const fetchWaiting = async () => (await import('../waiting/waiting-page.tsx')).WaitingReportsPage
const fetchDiscard = async () => (await import('../discard/discard-page.tsx')).DiscardPage
const fetchPeoplePage = async () => (await import('../people/people-page.tsx')).PeoplePage
const fetchInvite = async () => (await import('../people/invite.tsx')).InvitePage
const fetchKeys = async () => (await import('../keys/keys-page.tsx')).KeysPage
const fetchOwnKeysPage = async () => (await import('../own-keys/own-keys-page.tsx')).OwnKeysPage
const fetchShift = async () =>
  (await import('../case/screen/shift/end-shift-page.tsx')).EndShiftPage
const fetchFirstDay = async () => (await import('../first-day/first-day-page.tsx')).FirstDayPage
const fetchLetterPage = async () => (await import('../letter/letter-page.tsx')).LetterPage
const fetchTemplatesPage = async () =>
  (await import('../templates/templates-page.tsx')).TemplatesPage
const fetchLog = async () => (await import('../log/log-page.tsx')).LogPage

export const LoadAlertSettings = (props: SettingsProps) => (
  <WhenLoaded isScreen fetchPart={fetchSettings}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadFirstDay = (props: FirstDayPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchFirstDay}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadWaiting = (props: WaitingPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchWaiting}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadDiscard = (props: DiscardPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchDiscard}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadPeople = (props: PeoplePageProps) => (
  <WhenLoaded isScreen fetchPart={fetchPeoplePage}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadInvite = (props: InvitePageProps) => (
  <WhenLoaded isScreen fetchPart={fetchInvite}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadKeys = (props: KeysPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchKeys}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadLog = (props: LogPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchLog}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadOwnKeys = (props: OwnKeysPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchOwnKeysPage}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadShift = (props: EndShiftProps) => (
  <WhenLoaded isScreen fetchPart={fetchShift}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadLetter = (props: LetterPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchLetterPage}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
export const LoadTemplates = (props: TemplatesPageProps) => (
  <WhenLoaded isScreen fetchPart={fetchTemplatesPage}>
    {(Page) => <Page {...props} />}
  </WhenLoaded>
)
