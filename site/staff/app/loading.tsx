import type { ComponentType } from 'preact'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { useFetched } from '../ui/use-fetched.ts'

interface StartingProps {
  why?: unknown
  again?: () => Promise<void>
}

/** Shows that the app is loading, or why it could not load. */
export function Loading({ why, again }: StartingProps) {
  const { t } = useMessages()
  return (
    <NarrowPage title={t('staff.title')}>
      <ErrorMessage why={why} />
      {again ? (
        <button type="button" class="go" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      ) : (
        <p role="status">{t('staff.loading')}</p>
      )}
    </NarrowPage>
  )
}

const fetched =
  <Props extends object>(fetchPage: () => Promise<ComponentType<Props>>) =>
  (props: Props) => {
    const { Part, why, again } = useFetched(fetchPage)
    if (Part) return <Part {...props} />
    return why === null ? <Loading /> : <Loading why={why} again={again} />
  }

// The code of the pages below is fetched on demand. A person joins only once, and rarely needs help
// before signing in.
export const LoadJoin = fetched(async () => (await import('../join/join.tsx')).JoinPage)
export const LoadCode = fetched(async () => (await import('../join/type-code.tsx')).TypeCodePage)
export const LoadNewcomer = fetched(
  async () => (await import('../join/newcomer-page.tsx')).NewcomerPage,
)
export const LoadHelpOutside = fetched(
  async () => (await import('../help/help-outside.tsx')).HelpOutside,
)
