// Shows the case's title and kind, with the marks for danger and for a test letter. Offers to set
// the status, and to go to the staff's side of the case.
import { type RefObject } from 'preact'
import { useMessages } from '../../i18n/messages.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { DangerMark } from '../../ui/marks.tsx'
import { isTestLetter } from '../read/entered-by.ts'
import { kindKey } from '../read/kind-key.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { summaryIn } from '../read/read-records.ts'
import { StatusButtons } from './status-buttons.tsx'

interface ReportTitleProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** the title, which receives focus when the report is open */
  heading: RefObject<HTMLHeadingElement>
}

export function ReportTitle({ loaded, reload, heading }: ReportTitleProps) {
  const { t } = useMessages()
  const title = summaryIn(loaded.records)?.title
  const kind = t(kindKey(loaded.kind))
  return (
    <header>
      <div class="report-name">
        {loaded.danger && <DangerMark />}
        <h2 id="report-title" ref={heading} tabIndex={-1} dir="auto">
          {title || kind}
        </h2>
        {title && <p class="hint">{kind}</p>}
        {isTestLetter(loaded.sealed, loaded.first) && <p class="note">{t('staff.test.mark')}</p>}
      </div>
      <StatusButtons loaded={loaded} reload={reload} />
      <button type="button" class="to-inside" onClick={() => focusSoon('inside-title')}>
        {t('staff.inside.go')}
      </button>
    </header>
  )
}
