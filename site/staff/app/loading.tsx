import { NarrowPage } from '../ui/narrow-page.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { JoinProps } from '../join/join.tsx'
import type { NewcomerProps } from '../join/newcomer-page.tsx'
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

const fetchJoin = async () => (await import('../join/join.tsx')).JoinPage

/** Fetches the code of joining on demand, because a person joins only once. */
export function LoadJoin(props: JoinProps) {
  const { Part: JoinPage, why, again } = useFetched(fetchJoin)
  if (JoinPage) return <JoinPage {...props} />
  return why === null ? <Loading /> : <Loading why={why} again={again} />
}

const fetchNewcomer = async () => (await import('../join/newcomer-page.tsx')).NewcomerPage

/** Fetches the code of waiting for a confirmation on demand, for the same reason. */
export function LoadNewcomer(props: NewcomerProps) {
  const { Part, why, again } = useFetched(fetchNewcomer)
  if (Part) return <Part {...props} />
  return why === null ? <Loading /> : <Loading why={why} again={again} />
}
