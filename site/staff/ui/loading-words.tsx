// Takes the place of a part of the app until the strings for that part have loaded.
import { type LaterTable } from '../i18n/later-words.ts'
import { useMessages } from '../i18n/messages.tsx'
import { FailedLoad } from './errors.tsx'

interface LoadingWordsProps {
  loads: readonly Pick<LaterTable, 'why' | 'again'>[]
}

export function LoadingWords({ loads }: LoadingWordsProps) {
  const { t } = useMessages()
  const failed = loads.filter(({ why }) => why !== null)
  const why = failed[0]?.why ?? null
  return (
    <>
      <p role="status">{why === null && t('staff.loading')}</p>
      <FailedLoad why={why} again={() => failed.forEach(({ again }) => again())} />
    </>
  )
}
