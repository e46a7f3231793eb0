// Fetches the code that shows a case, so that the first screen stays small. The list requests the
// code as soon as its first lines are shown, so that a case opens without delay.
import { useEffect } from 'preact/hooks'
import type { ReportViewProps } from '../case/screen/case-props.ts'
import { useMessages } from '../i18n/messages.tsx'
import { FailedLoad } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'

const fetchReportPane = async () => (await import('../case/screen/report-view.tsx')).ReportPane

export function LoadReport(props: ReportViewProps) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchReportPane)
  if (Part) return <Part {...props} />
  return (
    <article class="report talk">
      <p role="status">{why === null && t('staff.report.opening')}</p>
      <FailedLoad why={why} again={again} />
    </article>
  )
}

/**
 * Requests the code once, when the list has lines. A failure becomes visible only when a case is
 * opened.
 */
export function useReportCode(hasLines: boolean): void {
  useEffect(() => {
    if (hasLines) void fetchReportPane().catch(() => undefined)
  }, [hasLines])
}
