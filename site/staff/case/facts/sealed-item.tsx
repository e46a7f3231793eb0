// Shows a report outside its thread: a line with its first words, and the full report after a tap.
import { type ComponentChildren } from 'preact'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { dayWithAge, momentInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { DangerMark } from '../../ui/marks.tsx'
import { FactList, UntrustedText } from '../../ui/untrusted-text.tsx'
import { kindKey } from '../read/kind-key.ts'
import { type OpenedItem } from '../read/open-item.ts'
import { CodedAnswers } from './coded-answers.tsx'
import { ConsentFacts } from './report-facts.tsx'
import { SafeContactFacts } from './safe-contact.tsx'

/** More characters than fit on two lines of a phone screen. */
const FIRST_LETTERS = 160

interface SealedItemProps {
  opened: OpenedItem
  /** buttons below the line */
  children: ComponentChildren
}

export function SealedItemView({ opened, children }: SealedItemProps) {
  const words = useMessages()
  const { t } = words
  const { item, kind, danger, report } = opened
  return (
    <li class="sealed-item">
      <details>
        <summary>
          {danger && <DangerMark />}
          <b>{t(kind === null ? 'staff.kind.unknown' : kindKey(kind))}</b>
          <span class="line-facts">
            <span>{dayWithAge(item.day, Date.now(), words)}</span>
            <span>{t('staff.waiting.grade', { n: item.grade })}</span>
            {item.sealedBy === 'worker' && <span>{t('staff.sealedby.worker')}</span>}
          </span>
          <span class="first-words" dir="auto">
            {report
              ? report.text.slice(0, FIRST_LETTERS) || t('staff.report.no_words')
              : t('staff.waiting.cannot_open')}
          </span>
        </summary>
        {report ? (
          <WholeReport report={report} />
        ) : (
          <p class="refused">{t('staff.waiting.cannot_open.what')}</p>
        )}
      </details>
      {children}
    </li>
  )
}

function WholeReport({ report }: { report: ReadReport }) {
  const { t } = useMessages()
  const written = momentInDigits(report.at)
  return (
    <div class="whole">
      <ConsentFacts consent={report.consent} />
      <UntrustedText text={report.text} />
      <CodedAnswers report={report} />
      <FactList
        facts={[
          [t('staff.fact.place'), report.place ?? t('staff.fact.unsaid')],
          [t('staff.fact.written'), written || t('staff.fact.unsaid')],
        ]}
      />
      <SafeContactFacts contact={report.contact} />
    </div>
  )
}
