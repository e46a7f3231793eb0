// Shows an alert and the number of new reports and follow-ups in the tab's title. The title is
// visible on shared screens and in window lists, so an alert appears as a wordless mark.
import { useEffect } from 'preact/hooks'
import type { Arrivals } from '#protocol/staff/list/queue'
import { useMessages } from '../i18n/messages.tsx'
import { listNews } from './news.ts'

/** The arrivals that the person last saw, kept while the app is locked so that no news is lost. */
export interface Listed {
  listed: Arrivals | undefined
  onListed: (arrivals: Arrivals) => void
}

export function useTitle(
  isUrgent: boolean,
  arrivals: Arrivals | undefined,
  { listed, onListed }: Listed,
): void {
  const { t } = useMessages()
  // For a person who has not seen a list, counting starts with the first response.
  useEffect(() => {
    if (!listed && arrivals) onListed(arrivals)
  }, [listed, arrivals])
  const { reports = 0, letters = 0 } = listNews(arrivals, listed)
  const news = reports + letters
  const plain = t('staff.title')
  const title = `${isUrgent ? '▲ ' : ''}${news > 0 ? `(${news}) ` : ''}${plain}`
  useEffect(() => {
    document.title = title
    return () => {
      document.title = plain
    }
  }, [title, plain])
}
