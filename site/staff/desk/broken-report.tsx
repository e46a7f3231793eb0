import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../words.tsx'

/** Stands where a report could not be shown, so that the others can still be read. */
export function BrokenReport({ onBack }: { onBack: () => void }) {
  const { t } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <article class="report" aria-labelledby="report-title">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <h2 id="report-title" ref={heading} tabIndex={-1}>
        {t('staff.report.title')}
      </h2>
      <p class="refused">{t('staff.report.broken')}</p>
    </article>
  )
}
