import { type ComponentChildren } from 'preact'
import { useMessages } from '../i18n/messages.tsx'
import { NEWS, type News } from './news.ts'

interface NewsLineProps {
  news: News
  /** the button that loads the news */
  children: ComponentChildren
}

/** Announces and counts news. The line is empty while there is no news. */
export function NewsLine({ news, children }: NewsLineProps) {
  const { t } = useMessages()
  const counted = NEWS.flatMap((what) => {
    const n = news[what] ?? 0
    return n > 0 ? [t(`staff.news.${what}`, { n })] : []
  })
  return (
    <div role="status">
      {counted.length > 0 && (
        <div class="news">
          <p>
            <b>{t('staff.news')}</b> {counted.join(', ')}.
          </p>
          {children}
        </div>
      )}
    </div>
  )
}
